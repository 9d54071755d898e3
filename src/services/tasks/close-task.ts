import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { changeTaskRecord } from './change-task-record.ts';
import { recordWork } from './record-work.ts';
import { releaseClaims } from './release-claims.ts';

/**
 * Ends a task: nobody can join any more. Whoever joined or stood by and sent no evidence no longer
 * needs to come, which is `releasing` people: the first of them are listed in `released`, and the
 * others follow (`release-claims.ts`). Evidence that waits, `waiting` pieces of it, can still be
 * reviewed. A task of another issuer is refused like one that is not there.
 */
export function closeTask(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  {
    readonly task: Task;
    readonly released: readonly number[];
    readonly releasing: number;
    readonly waiting: number;
  },
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
  const counts = new Map(tx.claims.countsOn(taskId).map(({ state, count }) => [state, count]));
  const { released } = releaseClaims(context, { ...task, cid });
  return ok({
    task,
    released,
    releasing: (counts.get('active') ?? 0) + (counts.get('standby') ?? 0),
    waiting: counts.get('submitted') ?? 0,
  });
}
