/** Whoever joined a task that is closed, or stood by for it, no longer needs to come. */
import { TASKS_TO_RELEASE } from '../../store/cursors.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';

/** So many are seen to at once: everybody who writes to the city waits meanwhile. */
export const RELEASED_AT_ONCE = 256;

/**
 * Ends the next claims of a closed task on which no evidence was sent: `released` are their persons,
 * who have to be told in the same transaction. Where there are more of them the task is remembered,
 * and `releaseClaimsJob` goes on.
 */
export function releaseClaims(
  context: Context,
  task: Task,
): { readonly released: readonly number[] } {
  const { tx, now, records } = context;
  const ref = records.ref('task', task);
  const found = tx.claims.unreleased(task.id, RELEASED_AT_ONCE);
  for (const { claim, participantId: participant } of found) {
    const { cid } = records.update('claim', claim, {
      ...{ task: ref, participant, state: 'closed' },
      createdAt: claim.createdAt,
      updatedAt: now,
    });
    tx.claims.set(claim.id, 'closed', cid);
  }
  const freed = found.filter(({ claim }) => claim.state === 'active').length;
  if (freed > 0) tx.tasks.addTaken(task.id, -freed);
  const isLast = found.length < RELEASED_AT_ONCE;
  const known = tasksToRelease(context);
  const others = known.filter((id) => id !== task.id);
  if (known.includes(task.id) === isLast) keep(context, isLast ? others : [...others, task.id]);
  return { released: found.map(({ claim }) => claim.personId) };
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
  if (found.length > 0 || known.length > 0) keep(context, found);
}

const keep = ({ tx }: Context, taskIds: readonly number[]): void =>
  tx.cursors.put(TASKS_TO_RELEASE, JSON.stringify(taskIds));
