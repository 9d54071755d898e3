import { nextState } from '../../domain/claim.ts';
import { taskEnd } from '../../domain/task.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { isElsewhere } from './fill-slots.ts';
import { stepClaim } from './step-claim.ts';

/** What an OK came to: the place that one has is kept, or a place that came free is taken. */
export type Confirmed = { readonly task: Task; readonly did: 'kept' | 'taken' };

/**
 * A person says that they come: after a reminder, or to take a place that was offered to them or came
 * free in the last hour. Source: domain.md, The day of a task.
 */
export const confirmTask = (context: Context, personId: number, taskId: number) =>
  causeRecords(context, personId, () => confirm(context, personId, taskId));

function confirm(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  Confirmed,
  Refusal<
    | 'task-unknown'
    | 'not-joined'
    | 'task-closed'
    | 'task-called-off'
    | 'task-over'
    | 'spot-taken'
    | 'task-clash'
    | 'evidence-sent'
  >
> {
  const { tx, now } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined) return refuse('task-unknown', { task: taskId });
  const claim = tx.claims.on(personId, taskId);
  if (claim === undefined) return refuse('not-joined', { task: taskId });
  if (task.state === 'called-off') return refuse('task-called-off', { task: taskId });
  if (task.state === 'closed') return refuse('task-closed', { task: taskId });
  if (taskEnd(task) <= now) return refuse('task-over', { task: taskId });
  if (claim.state === 'confirmed' || claim.state === 'checked-in') return ok({ task, did: 'kept' });
  if (nextState(claim.state, 'confirm') === undefined)
    return refuse('evidence-sent', { task: taskId });
  if (claim.state === 'standby') {
    if (task.slots - task.taken <= claim.guests) return refuse('spot-taken', { task: taskId });
    if (isElsewhere(context, claim, task)) return refuse('task-clash', { task: taskId });
  }
  const did = claim.state === 'joined' ? 'kept' : 'taken';
  stepClaim(context, claim, 'confirm');
  tx.notices.dropFor(personId, taskId);
  return ok({ task, did });
}
