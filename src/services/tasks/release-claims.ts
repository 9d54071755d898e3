/** Whoever joined a task that is closed, or stood by for it, no longer needs to come. */
import { taskEnd } from '../../domain/task.ts';
import { TASKS_TO_RELEASE } from '../../store/cursors.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { notify } from './notify.ts';
import { stepClaim } from './step-claim.ts';

/** So many are seen to at once: everybody who writes to the city waits meanwhile. */
export const RELEASED_AT_ONCE = 256;

/**
 * Ends the next claims of a task that has ended on which no evidence was sent, and tells their persons
 * unless the work was over by then. Where there are more of them the task is remembered, and
 * `releaseClaimsJob` goes on. Answers how many it released.
 */
export function releaseClaims(context: Context, task: Task): number {
  const { tx, now } = context;
  const isCalledOff = task.state === 'called-off';
  const found = tx.claims.unreleased(task.id, RELEASED_AT_ONCE);
  for (const { claim } of found) {
    stepClaim(context, claim, isCalledOff ? 'call-off' : 'close');
    const to = { personId: claim.personId, task };
    if (isCalledOff) notify(context, 'called-off', to, { why: task.reason });
    else if (taskEnd(task) > now) notify(context, 'closed', to);
  }
  const isLast = found.length < RELEASED_AT_ONCE;
  const known = tasksToRelease(context);
  const others = known.filter((id) => id !== task.id);
  if (known.includes(task.id) === isLast) keep(context, isLast ? others : [...others, task.id]);
  return found.length;
}

/** The closed tasks that people are still to be released from, the first one first. */
export function tasksToRelease({ tx }: Pick<Context, 'tx'>): readonly number[] {
  const kept = tx.cursors.get(TASKS_TO_RELEASE);
  return kept === undefined ? [] : JSON.parse(kept);
}

/** Looks for such tasks among all: what was remembered may be gone where the database was made anew. */
export function findTasksToRelease(context: Context): void {
  const found = context.tx.tasks.toRelease();
  const known = tasksToRelease(context);
  const isNew = found.some((id) => !known.includes(id));
  if (isNew) keep(context, [...new Set([...known, ...found])]);
}

const keep = ({ tx }: Context, taskIds: readonly number[]): void =>
  tx.cursors.put(TASKS_TO_RELEASE, JSON.stringify(taskIds));
