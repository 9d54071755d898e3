import { type ClaimStep, isOver } from '../../domain/claim.ts';
import type { Claim } from '../../store/claims.ts';
import type { Context } from '../context.ts';

/**
 * The steps of a claim that an older version wrote, as far as its record, its evidence and their
 * reviews tell them: a record told the newest step alone, and neither evidence nor review.
 */
export function knownSteps({ tx, records }: Context, claim: Claim): readonly ClaimStep[] {
  const { updatedAt } = records.get('claim', claim.rkey) ?? {};
  const changedAt = updatedAt === undefined ? undefined : Date.parse(updatedAt);
  const { createdAt: at, state } = claim;
  if (state === 'standby') return [{ state, at }];
  // Whether they had a spot before is not known.
  if (isOver(state)) return [{ state, at: changedAt ?? at }];
  // Until then a record was written anew when somebody got a slot from the standby queue.
  const steps: ClaimStep[] = [{ state: 'joined', at: changedAt ?? at }];
  for (const { submittedAt, review } of tx.evidence.decisionsOn(claim.id)) {
    steps.push({ state: 'submitted', at: submittedAt });
    if (review === null) continue;
    steps.push({
      state: review.decision === 'approved' ? 'verified' : 'rejected',
      at: review.at,
    });
  }
  // What is being decided just now may be stored already, and becomes a step of its own.
  const last = steps.findLastIndex((step) => step.state === state);
  return last === -1 ? steps : steps.slice(0, last + 1);
}
