import { type ClaimState, decideDrop, decideJoin } from '../../domain/task.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import { type StrongRef, strongRef } from '../../records/strong-ref.ts';
import type { Claim, Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';

/** The public record of a claim. */
export const claimRef = (context: Context, claim: Claim): StrongRef =>
  strongRef(context.did, COLLECTIONS.claim, claim.rkey, claim.cid);

/** The public record of a task. */
const taskRef = (context: Context, task: Task): StrongRef =>
  strongRef(context.did, COLLECTIONS.task, task.rkey, task.cid);

type Who = { readonly id: number; readonly participantId: string };

/**
 * A person joins a task, or stands by when it is full. Refusals: `task-unknown` and those of
 * `decideJoin`. Source: domain.md, Joining a task.
 */
export function joinTask(
  context: Context,
  person: Who,
  taskId: number,
): Result<
  { readonly task: Task; readonly state: 'active' | 'standby'; readonly place: number },
  Refusal
> {
  const { tx, now } = context;
  const found = tx.tasks.withIssuer(taskId);
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task, issuer } = found;
  const decision = decideJoin({
    task,
    issuerApproved: issuer.state === 'approved',
    claim: tx.tasks.claimOn(person.id, taskId)?.state,
    now,
  });
  if (!decision.ok) return refuse(decision.refusal.code, { task: taskId });
  const state = decision.value;

  const rkey = context.newTid();
  const ref = context.stage(
    tx,
    'create',
    COLLECTIONS.claim,
    rkey,
    KINDS.claim.build({
      task: taskRef(context, task),
      participant: person.participantId,
      state,
      createdAt: now,
    }),
  );
  const claimId = tx.tasks.addClaim({
    taskId,
    personId: person.id,
    state,
    createdAt: now,
    rkey,
    cid: ref.cid,
  });
  if (state === 'active') tx.tasks.addTaken(taskId, 1);
  return ok({
    task,
    state,
    place: state === 'standby' ? tx.tasks.standbyPlace(taskId, claimId) : 0,
  });
}

/** Writes a new version of a claim's public record with the claim's new state. */
export function changeClaim(context: Context, claim: Claim, state: ClaimState): void {
  const { tx, now } = context;
  const task = tx.tasks.get(claim.taskId);
  const person = tx.people.person(claim.personId);
  if (task === undefined || person === undefined) throw new Error('changeClaim: claim of nobody');
  const ref = context.stage(
    tx,
    'update',
    COLLECTIONS.claim,
    claim.rkey,
    KINDS.claim.build({
      task: taskRef(context, task),
      participant: person.participantId,
      state,
      createdAt: claim.createdAt,
      updatedAt: now,
    }),
  );
  tx.tasks.setClaim(claim.id, state, ref.cid);
}

/**
 * A person leaves a task; the first in the standby queue gets the slot. `promoted` is the person
 * who did. Refusals: those of `decideDrop`.
 */
export function dropTask(
  context: Context,
  personId: number,
  taskId: number,
): Result<{ readonly task: Task; readonly promoted: number | undefined }, Refusal> {
  const { tx } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined) return refuse('task-unknown', { task: taskId });
  const claim = tx.tasks.claimOn(personId, taskId);
  const decision = decideDrop(claim?.state);
  if (!decision.ok) return refuse(decision.refusal.code, { task: taskId });
  if (claim === undefined) throw new Error('dropTask: a decision without a claim');
  changeClaim(context, claim, 'dropped');
  if (decision.value === 'standby') return ok({ task, promoted: undefined });

  const next = task.state === 'open' ? tx.tasks.nextStandby(taskId) : undefined;
  if (next === undefined) tx.tasks.addTaken(taskId, -1);
  else changeClaim(context, next, 'active');
  return ok({ task, promoted: next?.personId });
}
