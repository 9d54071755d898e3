import { addressEnding } from '../../domain/address.ts';
import type { Context } from '../context.ts';

/** An address as others may see it. */
export type MaskedAddress = {
  readonly id: number;
  readonly channel: string;
  /** A few characters of its end. */
  readonly ending: string;
};

/** An address by its channel and a few characters of its end, never the whole. */
export function seeAddress({ tx, keys }: Context, identityId: number): MaskedAddress {
  const identity = tx.identities.get(identityId);
  if (identity === undefined) throw new Error('seeAddress: an address that is not there');
  const { channel, keyId, ciphertext } = identity;
  const ending = addressEnding(keys.open({ keyId, bytes: ciphertext }));
  return { id: identityId, channel, ending };
}

/** All addresses of a person, oldest first. */
export const seeAddresses = (context: Context, personId: number): MaskedAddress[] =>
  context.tx.identities.of(personId).map(({ id }) => seeAddress(context, id));
