import { clashOf, decideJoin } from '../../domain/task.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { fillSlots, otherTasks } from './fill-slots.ts';
import { beginClaim, stepClaim } from './step-claim.ts';

type Joiner = { readonly id: number; readonly participantId: string };

type Joined = {
  readonly task: Task;
  readonly state: 'joined' | 'standby';
  /** Their place in the standby queue, from 1. */
  readonly place: number;
  /** How many people they bring. */
  readonly guests: number;
};

/**
 * A person joins a task, or stands by when it is full. `guests` are people without a phone whom they
 * bring; who has joined before can say so later, too. Source: domain.md, Joining a task.
 */
export const joinTask = (context: Context, person: Joiner, taskId: number, guests = 0) =>
  causeRecords(context, person.id, () => join(context, person, taskId, guests));

function join(
  context: Context,
  person: Joiner,
  taskId: number,
  guests: number,
): Result<Joined, Refusal<'task-unknown'> | RefusalOf<typeof decideJoin>> {
  const { tx, now } = context;
  const found = tx.tasks.withClaim(taskId, person.id);
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task, issuer } = found;
  const claim = found.claim;
  // Whoever is in already may bring people, or bring others than they said.
  const isComing = claim?.state === 'joined' || claim?.state === 'confirmed';
  const brings = guests > 0 && isComing;
  const others = found.isElsewhere === 1 ? otherTasks(context, person.id, taskId) : [];
  const decision = decideJoin({
    task: brings ? { ...task, taken: task.taken - 1 - claim.guests } : task,
    issuerApproved: issuer.state === 'approved',
    claim: brings ? undefined : claim?.state,
    clash: clashOf(task, others, now)?.id,
    guests,
    now,
  });
  if (!decision.ok)
    return refuse(decision.refusal.code, { ...decision.refusal.params, task: taskId });
  if (brings) {
    if (guests !== claim.guests) stepClaim(context, claim, 'bring', { guests });
    if (guests < claim.guests) fillSlots(context, taskId);
    return ok({ task, state: 'joined', place: 0, guests });
  }
  const state = decision.value;
  const claimId = beginClaim(context, person, { task, state, guests });
  const place = state === 'standby' ? tx.claims.standbyPlace(taskId, claimId) : 0;
  return ok({ task, state, place, guests });
}
