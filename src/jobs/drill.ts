/** Has coming back practised every week. The first time is a day after the city began. */
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import { drillDueAt, setDrillDue } from '../records/drill.ts';
import type { Job } from './jobs.ts';

/** `begin` starts a drill that nobody waits for. */
export function drillJob(begin: () => void): Job {
  let isDue = false;
  return {
    everyMs: HOUR_MS,
    run: ({ tx, now }) => {
      const dueAt = drillDueAt(tx.cursors);
      isDue = dueAt !== undefined && dueAt <= now;
      if (dueAt === undefined) setDrillDue(tx.cursors, now + DAY_MS);
      else if (isDue) setDrillDue(tx.cursors, now + 7 * DAY_MS);
      return false;
    },
    committed: async () => {
      if (isDue) begin();
    },
  };
}
