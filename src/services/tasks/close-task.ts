import { type ClaimState, nextState } from '../../domain/claim.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { changeTaskRecord } from './change-task-record.ts';
import { recordWork } from './record-work.ts';
import { releaseClaims } from './release-claims.ts';

type Found = NonNullable<ReturnType<typeof findOwnTask>>;

/**
 * Ends a task: nobody can join any more. Whoever takes part or stands by and sent no evidence no longer
 * needs to come, which is `releasing` people: the first of them are told at once, and the others follow
 * (`release-claims.ts`). Evidence that waits, `waiting` pieces of it, can still be reviewed. A task of
 * another issuer is refused like one that is not there.
 */
export function closeTask(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  { readonly task: Task; readonly releasing: number; readonly waiting: number },
  Refusal<'task-unknown' | 'task-closed'>
> {
  const found = findOwnTask(context, personId, { taskId, right: 'tasks' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  if (found.task.state !== 'open') return refuse('task-closed', { task: taskId });
  return ok({ task: found.task, ...endTask(context, found, { state: 'closed', reason: '' }) });
}

/** How many people an end releases, of the counts of a task's claims by their state. */
export const countReleasing = (
  counts: readonly { readonly state: ClaimState; readonly count: number }[],
): number =>
  counts
    .filter(({ state }) => nextState(state, 'close') !== undefined)
    .reduce((sum, { count }) => sum + count, 0);

/** Ends an open task, closed or called off, with the claims on which no evidence was sent. */
export function endTask(
  context: Context,
  found: Found,
  { state, reason }: { readonly state: 'closed' | 'called-off'; readonly reason: string },
): { readonly releasing: number; readonly waiting: number } {
  const { tx, now } = context;
  const { task } = found;
  const { placeId, cid } = changeTaskRecord(context, found, { status: state, reason });
  tx.tasks.end(task.id, { state, reason, closedAt: now, placeId, cid });
  tx.notices.dropOn(task.id);
  recordWork(context, task.id);
  const counts = tx.claims.countsOn(task.id);
  releaseClaims(context, { ...task, state, reason, cid });
  return {
    releasing: countReleasing(counts),
    waiting: counts.find((one) => one.state === 'submitted')?.count ?? 0,
  };
}
