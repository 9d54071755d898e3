import { isPlaceholder } from '../../lib/placeholder-did.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { recordUri } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';
import { seeBalance, seeHistory } from '../credits/see-balance.ts';

/** What anybody can see about a person: the participant id and the records that name it. */
export function seePublicSelf(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  limit: number,
) {
  const claims = context.tx.tasks.claimsOf(person.id);
  return {
    participantId: person.participantId,
    ...seeBalance(context, person.participantId),
    claims: claims.length,
    records: isPlaceholder(context.did)
      ? []
      : [
          ...claims
            .slice(-limit)
            .map(({ claim }) => recordUri(context.did, COLLECTIONS.claim, claim.rkey)),
          ...seeHistory(context, person.participantId, limit).flatMap(({ uri }) => uri ?? []),
        ],
  };
}
