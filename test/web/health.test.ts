import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import type { PublisherStatus } from '../../src/records/publisher/status.ts';
import { keepSelfAudit } from '../../src/records/self-audit.ts';
import type { Store } from '../../src/store/store.ts';
import { healthOf } from '../../src/web/health.ts';
import { type Check, checkClock, type StorageStatus } from '../../src/web/health-checks.ts';
import { createHealthMetrics } from '../../src/web/health-metrics.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { MORNING } from '../support/record-facts.ts';
import { stage as stageAt } from '../support/staged.ts';
import { withStore } from '../support/store.ts';

const WELL: StorageStatus = {
  writeFault: undefined,
  damage: undefined,
  free: { database: 2 ** 40, backups: undefined },
};
const stage = { collection: 'c', cid: 'cid', value: '{}', operation: 'create' } as const;

describe('the health of publishing', () => {
  it('has the backlog, its age, and how long it will take', () =>
    withStore(async (store) => {
      store.transact((tx) => {
        tx.records.stage({ ...stage, rkey: 'a', stagedAt: MORNING - 90_000 });
        tx.records.stage({ ...stage, rkey: 'b', stagedAt: MORNING });
      });
      const now = () => MORNING;
      const publisher = (status: PublisherStatus, parked: readonly string[] = []) =>
        healthOf({
          store,
          channels: [],
          publisher: { status: () => status, parked: () => parked, estimateSeconds: () => 12 },
          backups: () => ({ last: MORNING, kept: 3, failed: false }),
          storage: () => WELL,
          failed: () => undefined,
          now,
        }).health();
      expect(publisher({ state: 'publishing' })).toMatchObject({
        ok: true,
        records: {
          state: 'publishing',
          backlog: 2,
          oldestUnpublishedSeconds: 90,
          estimateSeconds: 12,
          parked: 0,
        },
        backups: { last: '2026-10-03T16:00:00.000Z', kept: 3, failed: false },
      });
      const stopped = { state: 'stopped', reason: 'Conflict', until: MORNING + 1 } as const;
      expect(publisher(stopped)).toMatchObject({ ok: false, records: stopped });
      expect(publisher({ state: 'publishing' }, ['PictureLost'])).toMatchObject({
        ok: false,
        records: { parked: 1 },
      });
      // Something that was published is not there any more.
      const seq = store.transact((tx) => {
        const staged = stageAt(tx.records, { ...stage, rkey: 'c', stagedAt: MORNING });
        tx.records.markPublished([staged], MORNING);
        return staged;
      });
      const sound = { toPutBack: 0, photosNotKept: 0 };
      expect(publisher({ state: 'idle' })).toMatchObject({
        ok: true,
        records: sound,
        selfAudit: { last: null, ageSeconds: null, problem: null },
      });
      const metrics = () =>
        createMetrics({ read: store.read, now, memory: () => 0, lastBackup: () => null }).text();
      expect(await metrics()).not.toMatch(/^city_self_audit_age_seconds/m);
      const problem = 'The public record is broken: records missing 1.';
      store.transact((tx) => {
        tx.records.putBack([seq]);
        const at = MORNING - 3600_000;
        const found = { findings: 2, differences: 1, problem };
        keepSelfAudit(tx.cursors, { at, triedAt: at, picturesAt: null, ...found });
      });
      expect(publisher({ state: 'idle' })).toMatchObject({
        ok: false,
        records: { toPutBack: 1 },
        selfAudit: { ageSeconds: 3600, findings: 2, differences: 1, problem },
      });
      const text = await metrics();
      expect(text).toContain('city_backlog{queue="records"} 3');
      expect(text).toContain('city_self_audit_age_seconds 3600');
      expect(text).toContain('city_self_audit_findings{kind="broken"} 2');
      expect(text).toContain('city_self_audit_findings{kind="different"} 1');
      expect(text).toContain('city_records_not_kept{kind="record"} 1');
      expect(text).toContain('city_records_not_kept{kind="photo"} 0');
      expect(text).toContain('city_backlog_age_seconds{queue="records"} 90');
    }));
});

describe('health', () => {
  it('tells how far the clock of the machine is from the time of the city', () => {
    expect(checkClock({ apartMs: 0 })).toEqual({ state: 'ok' });
    expect(checkClock({ apartMs: 20_000 })).toEqual({ state: 'ok' });
    const ahead = checkClock({ apartMs: 3 * DAY_MS });
    expect(ahead).toMatchObject({
      state: 'trouble',
      sentence: expect.stringMatching(/4320 minutes ahead/),
    });
    const behind = checkClock({ apartMs: -4 * MINUTE_MS });
    expect(behind).toMatchObject({
      state: 'trouble',
      sentence: expect.stringMatching(/4 minutes behind/),
    });
  });

  type Told = {
    readonly storage?: Partial<StorageStatus>;
    readonly channels?: Readonly<Record<string, { state: string; problem?: string }>>;
    readonly checks?: Readonly<Record<string, Check>>;
  };
  const told = (store: Store, { storage = {}, channels = {}, checks = {} }: Told) => {
    const errors: unknown[] = [];
    const parts = {
      store,
      channels: Object.entries(channels).map(([name, state]) => ({ name, status: () => state })),
      publisher: {
        status: (): PublisherStatus => ({ state: 'idle' }),
        parked: () => [],
        estimateSeconds: () => null,
      },
      backups: () => ({ last: MORNING, failed: false }),
      storage: () => ({ ...WELL, ...storage }),
      checks,
      now: () => MORNING,
      failed: (error: unknown) => errors.push(error),
    };
    return { ...healthOf(parts), parts, errors };
  };
  const TROUBLE = { state: 'trouble', problem: 'Nobody answers.' } as const;
  const of = (told: ReturnType<typeof healthOf>) => {
    const { ok, problem, checks } = told.health();
    const unwell = Object.entries(checks).filter(([, { state }]) => state !== 'ok');
    return { ok, problem, unwell: unwell.map(([name, { state }]) => `${name} ${state}`) };
  };

  it.each([
    [
      'a database that is damaged',
      { storage: { damage: 'SQLITE_CORRUPT' } },
      'database',
      /damaged/,
    ],
    ['a full disk', { storage: { writeFault: 'SQLITE_FULL' } }, 'write', /disk is full.*make room/],
    [
      'a database that is held',
      { storage: { writeFault: 'SQLITE_BUSY' } },
      'write',
      /Another program/,
    ],
    [
      'a database that is read-only',
      { storage: { writeFault: 'EROFS' } },
      'write',
      /not be written/,
    ],
    ['a broken disk', { storage: { writeFault: 'SQLITE_IOERR_WRITE' } }, 'write', /system log/],
    [
      'a disk without room',
      { storage: { free: { database: 2 ** 20, backups: 1 } } },
      'disk',
      /1 MB/,
    ],
    ['no channel that works', { channels: { sms: TROUBLE } }, 'channels', /Nobody answers/],
  ] as const)('is down with %s, and says what to do', (_, given, check, problem) =>
    withStore((store) => {
      const now = of(told(store, given));
      expect(now).toMatchObject({ ok: false, unwell: [`${check} down`] });
      expect(now.problem).toMatch(problem);
    }),
  );

  it('is in trouble, and works, where somebody should look', () =>
    withStore((store) => {
      const one = told(store, {
        storage: { free: { database: 2 ** 28, backups: undefined } },
        channels: { sms: TROUBLE, telegram: { state: 'on' } },
        checks: { clock: () => ({ state: 'trouble', sentence: 'The clock jumped.' }) },
      });
      expect(of(one)).toEqual({
        ok: true,
        problem: null,
        unwell: ['disk trouble', 'channels trouble', 'clock trouble'],
      });
    }));

  it('answers, and says that it is down, where the database cannot be read', () =>
    withStore((store) => {
      const broken: Store = {
        ...store,
        read: {
          ...store.read,
          inbox: {
            ...store.read.inbox,
            backlog: () => {
              throw Object.assign(new Error('malformed'), { code: 'SQLITE_CORRUPT' });
            },
          },
        },
      };
      const one = told(broken, { storage: { damage: 'SQLITE_CORRUPT' } });
      expect(of(one)).toMatchObject({ ok: false, unwell: ['database down'] });
      expect(one.errors).toHaveLength(1);
    }));

  it('is in numbers, each channel by itself', () =>
    withStore(async (store) => {
      const { findings, parts } = told(store, {
        channels: { sms: TROUBLE, telegram: { state: 'on' } },
      });
      const text = await createHealthMetrics({ ...parts, findings }).text();
      expect(text).toContain('city_channel_up{channel="sms"} 0');
      expect(text).toContain('city_channel_up{channel="telegram"} 1');
      expect(text).toContain('city_check_state{check="channels"} 1');
      expect(text).toContain('city_disk_free_bytes{of="database"} 1099511627776');
    }));
});
