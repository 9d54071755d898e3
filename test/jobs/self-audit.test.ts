import { expect, test } from 'vitest';
import { selfAuditJob } from '../../src/jobs/self-audit.ts';
import { HOUR_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { keepSelfAudit, type SelfAudit } from '../../src/records/self-audit.ts';
import { withCity } from '../support/city.ts';
import { stage } from '../support/staged.ts';

const SOUND = { picturesAt: null, findings: 0, differences: 0, problem: null };

/**
 * The times (local, in November: UTC−8) at which the record is audited, looking every ten minutes.
 * `outcome` says what comes of one; undefined where the process died before it could tell.
 */
const auditedFrom = (
  from: number,
  hours: number,
  outcome: (at: number) => SelfAudit | undefined,
  isPublished = true,
): Promise<string[]> =>
  withCity(async (city) => {
    const made: string[] = [];
    const job = selfAuditJob({
      make: async () => {
        const at = city.clock.now;
        made.push(new Date(at - 8 * HOUR_MS).toISOString().slice(0, 16));
        const last = outcome(at);
        if (last !== undefined) city.run(({ tx }) => keepSelfAudit(tx.cursors, last));
      },
    });
    if (isPublished) {
      city.run(({ tx, now }) => {
        const record = { collection: 'c', rkey: 'r', cid: 'cid', value: '{}', stagedAt: now };
        tx.records.markPublished([stage(tx.records, { ...record, operation: 'create' })], now);
      });
    }
    for (let at = from; at < from + hours * HOUR_MS; at += 10 * MINUTE_MS) {
      city.clock.now = at;
      city.run(job.run);
      await job.committed?.();
    }
    return made;
  });

const MIDDAY = Date.UTC(2026, 10, 23, 20);

test('is made at the start where there was none, and then in the quiet of every night', async () => {
  const sound = (at: number) => ({ ...SOUND, at, triedAt: at });
  expect(await auditedFrom(MIDDAY, 48, sound)).toEqual([
    '2026-11-23T12:00',
    '2026-11-24T04:00',
    '2026-11-25T04:00',
  ]);
});

test('is tried again after an hour when it could not be done', async () => {
  const undone = (at: number) => ({ ...SOUND, at: null, triedAt: at, problem: 'No answer.' });
  expect(await auditedFrom(MIDDAY, 3, undone)).toEqual([
    '2026-11-23T12:00',
    '2026-11-23T13:00',
    '2026-11-23T14:00',
  ]);
});

test('is not made before there is anything to audit', async () => {
  expect(await auditedFrom(MIDDAY, 48, () => undefined, false)).toEqual([]);
});
