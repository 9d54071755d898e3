// The figures of updates, beside what adding everything up would give.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { newTask, UNLIMITED, withCity } from '../support/city.ts';
import { databaseOf } from '../support/store.ts';
import { doWork } from '../support/work.ts';

const STEP_MS = 10_000;
const COUNT = 12;

test('credits and approvals of any time are those of the transfers and reviews in it', () =>
  withCity(
    (city) => {
      const taskId = newTask(city, { slots: COUNT, credits: 3 });
      const began = city.clock.now;
      for (let at = 0; at < COUNT; at += 1) {
        doWork(city, city.join(`+151055602${String(at).padStart(2, '0')}`), taskId);
        // Two at one moment now and then.
        if (at % 3 !== 0) city.clock.now += STEP_MS;
      }
      const db = databaseOf(city.store);
      const { credits, approvals } = city.store.read.updates;
      const moment = fc.oneof(
        fc.integer({ min: began - STEP_MS, max: city.clock.now + STEP_MS }),
        fc.nat(COUNT).map((steps) => began + steps * STEP_MS),
      );
      const added = (from: number, until: number) =>
        db.get<{ issued: number; pieces: number }>(sql`select
          (select coalesce(sum(amount), 0) from transfers where code = 'issue'
            and time_us >= ${from * 1000} and time_us < ${until * 1000}) as issued,
          (select count(*) from reviews where at >= ${from} and at < ${until}) as pieces`);
      fc.assert(
        fc.property(moment, moment, (from, until) => {
          const { issued, pieces } = added(from, until);
          expect(credits(from, until, 'CITY')).toEqual({ issued, redeemed: 0, expired: 0 });
          expect(credits(from, until, 'OTHER').issued).toBe(0);
          expect(approvals(from, until)).toEqual({
            ...{ tasks: pieces > 0 ? 1 : 0, people: pieces, pieces },
          });
        }),
      );
      expect(added(began, city.clock.now + 1).issued).toBe(3 * COUNT);
      const all = db.all<{ at: number }>(sql`select at from reviews order by id`);
      expect(all.map((_, at) => city.store.read.updates.approvalAt(at + 1))).toEqual(
        all.map(({ at }) => at),
      );
      expect(city.store.read.updates.approvalAt(COUNT + 1)).toBeUndefined();
    },
    { city: UNLIMITED },
  ));
