import type { ClaimState } from '../../domain/task.ts';
import type { Claim } from '../../store/claims.ts';
import type { Context } from '../context.ts';

/** Gives a claim its new state, here and in a new version of its public record. */
export function changeClaim(context: Context, claim: Claim, state: ClaimState): void {
  const { tx, now, records } = context;
  const task = tx.tasks.get(claim.taskId);
  const person = tx.people.get(claim.personId);
  if (task === undefined || person === undefined) throw new Error('changeClaim: claim of nobody');
  const { cid } = records.update('claim', claim, {
    task: records.ref('task', task),
    participant: person.participantId,
    state,
    createdAt: claim.createdAt,
    updatedAt: now,
  });
  tx.claims.set(claim.id, state, cid);
}
