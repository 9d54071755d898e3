import type { Context } from '../context.ts';
import { nameInAnswer } from '../roles.ts';
import { reviewedBy } from './reviewed-by.ts';

/** Evidence that waits for a person's review, oldest first, their own left out. The answer names whose. */
export function seeWaitingEvidence(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  limit: number,
) {
  const found = reviewedBy(context, person.id)
    .flatMap((issuer) =>
      context.tx.evidence
        .waiting(issuer.id, limit)
        .map((waiting) => ({ ...waiting, issuer: issuer.name })),
    )
    .filter((waiting) => waiting.participantId !== person.participantId)
    .sort((one, other) => one.evidence.id - other.evidence.id)
    .slice(0, limit);
  for (const { issuer } of found) nameInAnswer(context, person.id, issuer);
  return found.map((waiting) => ({
    ...waiting,
    pictures: context.tx.evidence.pictures(waiting.evidence.id),
  }));
}
