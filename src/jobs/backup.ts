/** Makes a backup a day, in the quiet of the night, and at the start when that was missed. */
import { dayOf } from '../domain/calendar.ts';
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import type { Job } from './jobs.ts';

/** A failed one is tried again as soon. */
const EVERY_MS = 10 * MINUTE_MS;
/** The hour of the city from which a day's backup is due. */
const QUIET_HOUR = 3;

export function backupJob(core: {
  readonly foundation: Foundation;
  readonly backups: {
    readonly make: () => Promise<unknown>;
    readonly status: () => { readonly last: number | null };
  };
}): Job {
  const { foundation, backups } = core;
  const nightOf = (at: number) => dayOf(at - QUIET_HOUR * HOUR_MS, foundation.city.timeZone);
  let isDue = false;
  return {
    name: 'backup',
    everyMs: EVERY_MS,
    run: (tx) => {
      const { now } = contextOf(foundation, tx);
      const { last } = backups.status();
      isDue = last === null || nightOf(last) < nightOf(now);
      return false;
    },
    committed: async () => {
      if (isDue) await backups.make();
    },
  };
}
