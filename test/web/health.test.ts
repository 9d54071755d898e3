import { describe, expect, it } from 'vitest';
import type { PublisherStatus } from '../../src/records/publisher/status.ts';
import { healthOf } from '../../src/web/health.ts';
import { createMetrics } from '../../src/web/metrics.ts';
import { MORNING } from '../support/record-facts.ts';
import { withStore } from '../support/store.ts';

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
          now,
        })();
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
      const text = await createMetrics({
        read: store.read,
        now,
        memory: () => 0,
        lastBackup: () => null,
      }).text();
      expect(text).toContain('city_backlog{queue="records"} 2');
      expect(text).toContain('city_backlog_age_seconds{queue="records"} 90');
    }));
});
