import { isRecycled } from '../../domain/move.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { withEither } from '../../lib/crypto.ts';
import { addressDigest } from '../../lib/digests.ts';
import { newParticipantId } from '../../lib/ids.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';

/**
 * The identity of an address on a channel, made with a new person when it is first seen; only
 * then is `language` asked for.
 */
export function findOrAddIdentity(
  context: Context,
  { channel, address }: { readonly channel: string; readonly address: string },
  language: () => Person['language'],
): number {
  const { tx, keys, now } = context;
  const known = withEither(keys, ({ identityLookup }) =>
    tx.identities.find(channel, identityLookup(channel, address)),
  );
  if (known !== undefined) {
    // Somebody who writes can be reached, whatever their channel said before.
    if (known.unreachableAt !== null) tx.identities.setUnreachable(known.id, null);
    const { id, heardAt } = known;
    if (heardAt === null || now - heardAt >= DAY_MS) {
      const isBack = isRecycled({ channel, heardAt, now });
      tx.identities.setHeard(id, now, isBack ? now : null);
    }
    return id;
  }
  const personId = tx.people.add({
    participantId: newParticipantId(context.random),
    language: language(),
    createdAt: now,
  });
  const lookup = keys.identityLookup(channel, address);
  const { keyId, bytes: ciphertext } = keys.seal(address);
  const id = tx.identities.add({ channel, lookup, keyId, ciphertext, personId, createdAt: now });
  // STOP outlives being forgotten.
  const { stoppedAt = null } = tx.forgetting.get(addressDigest(keys, channel, address)) ?? {};
  if (stoppedAt !== null) tx.identities.setStopped(id, stoppedAt);
  return id;
}
