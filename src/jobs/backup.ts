/** Makes a backup a day, in the quiet of the night, and at the start when that was missed. */
import { dayOf } from '../domain/calendar.ts';
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

/** Also how long one that failed waits to be tried again. */
const EVERY_MS = 10 * MINUTE_MS;
/** The hour of the city from which a day's backup is due. */
const QUIET_HOUR = 3;

export function backupJob(backups: {
  readonly make: () => Promise<unknown>;
  readonly status: () => { readonly last: number | null };
}): Job {
  let isDue = false;
  return {
    everyMs: EVERY_MS,
    run: ({ now, city }) => {
      const nightOf = (at: number) => dayOf(at - QUIET_HOUR * HOUR_MS, city.timeZone);
      const { last } = backups.status();
      isDue = last === null || nightOf(last) < nightOf(now);
      return false;
    },
    committed: async () => {
      if (isDue) await backups.make();
    },
  };
}
