import type { Context } from '../context.ts';
import { reviewedBy } from './reviewed-by.ts';

/** Evidence that waits for a person's review, oldest first, their own left out. */
export function seeWaitingEvidence(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  limit: number,
) {
  return reviewedBy(context, person.id)
    .flatMap((issuer) =>
      context.tx.evidence
        .waiting(issuer.id, limit)
        .map((waiting) => ({ ...waiting, issuer: issuer.name })),
    )
    .filter((waiting) => waiting.participantId !== person.participantId)
    .sort((one, other) => one.evidence.id - other.evidence.id)
    .slice(0, limit)
    .map((waiting) => ({
      ...waiting,
      pictures: context.tx.evidence.pictures(waiting.evidence.id),
    }));
}
