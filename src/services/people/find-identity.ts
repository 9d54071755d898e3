import { isRecycled } from '../../domain/move.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { withEither } from '../../lib/crypto.ts';
import { addressDigest } from '../../lib/digests.ts';
import { newParticipantId } from '../../lib/ids.ts';
import type { Person } from '../../store/people.ts';
import type { Context } from '../context.ts';

type Address = { readonly channel: string; readonly address: string };

const findIdentity = ({ tx, keys }: Context, { channel, address }: Address): number | undefined =>
  withEither(keys, ({ identityLookup }) =>
    tx.identities.idOf(channel, identityLookup(channel, address)),
  );

/** Whether somebody has been seen at an address. */
export const isKnownAddress = (context: Context, address: Address): boolean =>
  findIdentity(context, address) !== undefined;

/** Notes that somebody wrote from an address: who writes can be reached, whatever was known before. */
export function noteHeard({ tx, now }: Context, identityId: number): void {
  const known = tx.identities.get(identityId);
  if (known === undefined) throw new Error('noteHeard: an address of nobody');
  const { id, channel, unreachableAt, heardAt } = known;
  if (unreachableAt !== null) tx.identities.setUnreachable(id, null);
  if (heardAt === null || now - heardAt >= DAY_MS) {
    const isBack = isRecycled({ channel, heardAt, now });
    tx.identities.setHeard(id, now, isBack ? now : null);
  }
}

/**
 * The identity of an address on a channel, made with a new person when it is first seen; only
 * then is `language` asked for.
 */
export function findOrAddIdentity(
  context: Context,
  { channel, address }: Address,
  language: () => Person['language'],
): number {
  const { tx, keys, now } = context;
  const known = findIdentity(context, { channel, address });
  if (known !== undefined) return known;
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
