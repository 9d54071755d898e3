import type { Context } from '../context.ts';
import { issuersOf, personsActingFor } from '../roles.ts';

/** Counts what waits for a person's review, their own evidence left out. */
export const countWaitingEvidence = (context: Context, personId: number): number =>
  issuersOf(context, personId).reduce(
    (sum, issuer) => sum + context.tx.evidence.waitingCount(issuer.id, personId),
    0,
  );

/** Evidence that waits for a person's review, oldest first, their own left out. */
export function seeWaitingEvidence(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  limit: number,
) {
  return issuersOf(context, person.id)
    .flatMap((issuer) => context.tx.evidence.waiting(issuer.id, limit))
    .filter((waiting) => waiting.participantId !== person.participantId)
    .sort((one, other) => one.evidence.id - other.evidence.id)
    .slice(0, limit)
    .map((waiting) => ({
      ...waiting,
      pictures: context.tx.evidence.pictures(waiting.evidence.id),
    }));
}

/**
 * Finds the reviewers who are told that an issuer has new evidence: all but the sender, and but
 * those with more to review, who were told when the first of it came.
 */
export const findReviewersToTell = (
  context: Context,
  issuerId: number,
  senderId: number,
): readonly number[] =>
  personsActingFor(context, issuerId).filter(
    (reviewer) => reviewer !== senderId && countWaitingEvidence(context, reviewer) <= 1,
  );
