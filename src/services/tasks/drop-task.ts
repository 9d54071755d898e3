import { isFreeToLeave } from '../../domain/claim.ts';
import { decideDrop } from '../../domain/task.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Claim } from '../../store/claims.ts';
import type { Task } from '../../store/tasks.ts';
import { countRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { fillSlots } from './fill-slots.ts';
import { stepClaim } from './step-claim.ts';

/** A person leaves a task, which may have a consequence: `isFree` says that it has none. */
export const dropTask = (context: Context, personId: number, taskId: number) =>
  countRecords(context, personId, () => drop(context, personId, taskId));

function drop(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  { readonly task: Task; readonly isFree: boolean },
  Refusal<'task-unknown'> | RefusalOf<typeof decideDrop>
> {
  const { tx } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined) return refuse('task-unknown', { task: taskId });
  const claim = tx.claims.on(personId, taskId);
  const decision = decideDrop(claim?.state);
  if (!decision.ok) return refuse(decision.refusal.code, { task: taskId });
  if (claim === undefined) throw new Error('dropTask: a decision without a claim');
  return ok({ task, isFree: leaveTask(context, claim, task) });
}

/** Ends a claim that is under way and gives its slot to the next; whether that has no consequence. */
export function leaveTask(context: Context, claim: Claim, task: Task): boolean {
  const isFree = isFreeToLeave(claim.steps, task, context.now);
  const event = claim.state === 'submitted' ? 'withdraw' : 'leave';
  stepClaim(context, claim, event, { startsAt: task.startsAt, ...(isFree ? { isFree } : {}) });
  context.tx.notices.dropFor(claim.personId, task.id);
  fillSlots(context, task.id);
  return isFree;
}
