/**
 * Makes a backup a day, in the quiet of the night, and at the start when that was missed. In between
 * one is made every ten minutes that takes the place of the one before: no more is lost than that.
 */
import { dayOf } from '../domain/calendar.ts';
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

/** One that takes long is made less often: it takes no more than this part of the time. */
const PART_OF_TIME = 1 / 10;
/** Also how long one that failed waits to be tried again. */
const EVERY_MS = 10 * MINUTE_MS;
/** The hour of the city from which a day's backup is due. */
const QUIET_HOUR = 3;

export function backupJob(
  backups: {
    readonly make: () => Promise<unknown>;
    readonly makeRecent: () => Promise<unknown>;
    readonly status: () => { readonly last: number | null };
  },
  elapsed: () => number,
): Job {
  let isDue = false;
  let notBefore = Number.NEGATIVE_INFINITY;
  return {
    everyMs: EVERY_MS,
    run: ({ now, city }) => {
      const nightOf = (at: number) => dayOf(at - QUIET_HOUR * HOUR_MS, city.timeZone);
      const { last } = backups.status();
      isDue = last === null || nightOf(last) < nightOf(now);
      return false;
    },
    committed: async () => {
      const begunAt = elapsed();
      if (isDue) return void (await backups.make());
      if (begunAt < notBefore) return;
      await backups.makeRecent();
      const endedAt = elapsed();
      notBefore = endedAt + (endedAt - begunAt) / PART_OF_TIME - EVERY_MS;
    },
  };
}
