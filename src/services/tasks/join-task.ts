import { decideJoin } from '../../domain/task.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';

type Joiner = { readonly id: number; readonly participantId: string };

/**
 * A person joins a task, or stands by when it is full; `place` is their place in the standby queue,
 * from 1. Source: domain.md, Joining a task.
 */
export const joinTask = (context: Context, person: Joiner, taskId: number) =>
  causeRecords(context, person.id, () => join(context, person, taskId));

function join(
  context: Context,
  person: Joiner,
  taskId: number,
): Result<
  { readonly task: Task; readonly state: 'active' | 'standby'; readonly place: number },
  Refusal<'task-unknown'> | RefusalOf<typeof decideJoin>
> {
  const { tx, now, records } = context;
  const found = tx.tasks.withClaim(taskId, person.id);
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task, issuer } = found;
  const decision = decideJoin({
    task,
    issuerApproved: issuer.state === 'approved',
    claim: found.claim?.state,
    now,
  });
  if (!decision.ok) return refuse(decision.refusal.code, { task: taskId });
  const state = decision.value;

  const { rkey, cid } = records.create('claim', {
    task: records.ref('task', task),
    participant: person.participantId,
    state,
    createdAt: now,
  });
  const claimId = tx.claims.add({
    taskId,
    personId: person.id,
    state,
    createdAt: now,
    rkey,
    cid,
  });
  if (state === 'active') tx.tasks.addTaken(taskId, 1);
  return ok({
    task,
    state,
    place: state === 'standby' ? tx.claims.standbyPlace(taskId, claimId) : 0,
  });
}
