import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { changeClaim } from './change-claim.ts';
import { changeTaskRecord } from './change-task-record.ts';
import { recordWork } from './record-work.ts';

/**
 * Ends a task: nobody can join any more. Whoever joined or stood by and sent no evidence no longer
 * needs to come and is listed in `released`; evidence that waits, `waiting` pieces of it, can still
 * be reviewed. A task of another issuer is refused like one that is not there.
 */
export function closeTask(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  { readonly task: Task; readonly released: readonly number[]; readonly waiting: number },
  Refusal<'task-unknown' | 'task-closed'>
> {
  const { tx, now } = context;
  const found = findOwnTask(context, personId, { taskId, right: 'tasks' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task } = found;
  if (task.state === 'closed') return refuse('task-closed', { task: taskId });
  const { placeId, cid } = changeTaskRecord(context, found, { status: 'closed' });
  tx.tasks.close(taskId, { closedAt: now, placeId, cid });
  recordWork(context, taskId);
  const claims = tx.claims.roster(taskId).map((line) => line.claim);
  const released = claims.filter(({ state }) => state === 'active' || state === 'standby');
  for (const claim of released) {
    changeClaim(context, claim, 'closed');
    if (claim.state === 'active') tx.tasks.addTaken(taskId, -1);
  }
  return ok({
    task,
    released: released.map((claim) => claim.personId),
    waiting: claims.filter(({ state }) => state === 'submitted').length,
  });
}
