/** Does what has become due on tasks: reminders, offers that ran out, absence, closing. */
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import type { Context } from '../services/context.ts';
import { carryOnTasks } from '../services/tasks/task-day.ts';
import type { Job } from './jobs.ts';

/** One thing at a time: others get their turn in between. */
const AGAIN_MS = 1;

/** Messages that have waited for so long were sent while nothing worked on them. */
const BEHIND_MS = 5 * SECOND_MS;
/** A message that cannot be worked on for so long holds nothing up. */
const WAITED_MS_MAX = 10 * MINUTE_MS;

/** What was said comes first: somebody may have said in time that they are there. */
function isBehind({ tx, now }: Context): boolean {
  const waitedMs = now - (tx.inbox.waitingSince() ?? now);
  return waitedMs > BEHIND_MS && waitedMs < WAITED_MS_MAX;
}

/** `isCaughtUp` tells whether channels have nothing left from before the start: it was said in time. */
export const carryOnTasksJob = (isCaughtUp: () => boolean): Job => ({
  everyMs: 3 * SECOND_MS,
  againMs: AGAIN_MS,
  run: (context) => isCaughtUp() && !isBehind(context) && carryOnTasks(context),
});
