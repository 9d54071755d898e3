import { decideDrop } from '../../domain/task.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Claim } from '../../store/claims.ts';
import type { Task } from '../../store/tasks.ts';
import { countRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { changeClaim } from './change-claim.ts';

/** A person leaves a task; the first in the standby queue, `promoted`, gets the slot. */
export const dropTask = (context: Context, personId: number, taskId: number) =>
  countRecords(context, personId, () => drop(context, personId, taskId));

function drop(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  { readonly task: Task; readonly promoted: number | undefined },
  Refusal<'task-unknown'> | RefusalOf<typeof decideDrop>
> {
  const { tx } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined) return refuse('task-unknown', { task: taskId });
  const claim = tx.claims.on(personId, taskId);
  const decision = decideDrop(claim?.state);
  if (!decision.ok) return refuse(decision.refusal.code, { task: taskId });
  if (claim === undefined) throw new Error('dropTask: a decision without a claim');
  return ok({ task, promoted: leaveTask(context, claim, task) });
}

/** Ends a claim that is under way; answers who got its slot, the first in the standby queue. */
export function leaveTask(context: Context, claim: Claim, task: Task): number | undefined {
  const { tx } = context;
  changeClaim(context, claim, 'dropped');
  if (claim.state === 'standby') return undefined;
  const next = task.state === 'open' ? tx.claims.nextStandby(task.id) : undefined;
  if (next === undefined) tx.tasks.addTaken(task.id, -1);
  else changeClaim(context, next, 'active');
  return next?.personId;
}
