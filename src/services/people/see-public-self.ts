import { isPlaceholder } from '../../lib/placeholder-did.ts';
import type { Context } from '../context.ts';
import { seeBalance } from '../credits/see-balance.ts';
import { seeHistory } from '../credits/see-history.ts';

/** Everything that anybody can see about a person: the participant id and the records that name it. */
export function seePublicSelf(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  limit: number,
) {
  const { tx, did, records } = context;
  const claims = tx.claims.of(person.id);
  return {
    participantId: person.participantId,
    ...seeBalance(context, person.participantId),
    claims: claims.length,
    records: isPlaceholder(did)
      ? []
      : [
          ...claims.slice(-limit).map(({ claim }) => records.uri('claim', claim.rkey)),
          ...seeHistory(context, person.participantId, limit).flatMap(({ uri }) => uri ?? []),
        ],
  };
}
