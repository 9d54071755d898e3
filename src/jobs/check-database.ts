/** Has the whole database checked every night, an hour after the backup. */
import { dayOf } from '../domain/calendar.ts';
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

const EVERY_MS = 10 * MINUTE_MS;
/** The hour of the city from which a day's check is due. */
const QUIET_HOUR = 4;
/** Keeps when the last one was begun (ms). */
const CHECKED_AT = 'database-checked-at';

/** `begin` starts a check that nobody waits for. */
export function checkDatabaseJob(begin: () => void): Job {
  let isDue = false;
  return {
    everyMs: EVERY_MS,
    run: ({ tx, now, city }) => {
      const nightOf = (at: number) => dayOf(at - QUIET_HOUR * HOUR_MS, city.timeZone);
      const last = tx.cursors.get(CHECKED_AT);
      // Another night, not only a later one: a clock that was ahead must not end the checks.
      isDue = last === undefined || nightOf(Number(last)) !== nightOf(now);
      if (isDue) tx.cursors.put(CHECKED_AT, String(now));
      return false;
    },
    committed: async () => {
      if (isDue) begin();
    },
  };
}
