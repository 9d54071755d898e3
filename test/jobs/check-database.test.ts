import { expect, test } from 'vitest';
import { checkDatabaseJob } from '../../src/jobs/check-database.ts';
import { DAY_MS, HOUR_MS } from '../../src/lib/clock.ts';
import { contextOf } from '../../src/services/context.ts';
import { testFoundation } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { withStore } from '../support/store.ts';

/** Ten in the evening of the city. */
const EVENING = Date.UTC(2026, 10, 24, 6, 0, 0);

test('the database is checked once a night, also after a start and after a clock that was ahead', () =>
  withStore(async (store) => {
    const clock = standingClock(EVENING);
    const foundation = testFoundation({ clock });
    let checks = 0;
    const begin = () => {
      checks += 1;
    };
    let job = checkDatabaseJob(begin);
    const runs = async (ms: number): Promise<number> => {
      clock.time += ms;
      store.transact((tx) => job.run(contextOf(foundation, tx)));
      await job.committed?.();
      return checks;
    };
    expect(await runs(0)).toBe(1);
    expect(await runs(5 * HOUR_MS)).toBe(1);
    expect(await runs(2 * HOUR_MS)).toBe(2);
    // A new start knows of it.
    job = checkDatabaseJob(begin);
    expect(await runs(HOUR_MS)).toBe(2);
    expect(await runs(365 * DAY_MS)).toBe(3);
    expect(await runs(-365 * DAY_MS)).toBe(4);
    expect(await runs(DAY_MS)).toBe(5);
  }));
