/** Keyed digests by which forgotten people and their messages are known again, and nobody else is. */
import type { Keys } from './crypto.ts';

type Lookups = Pick<Keys, 'secretLookup'>;

/** The digest of an address on a channel. */
export const addressDigest = (keys: Lookups, channel: string, address: string): string =>
  keys.secretLookup('forgotten', JSON.stringify(['address', channel, address]));

/** The digest of a participant id. */
export const participantDigest = (keys: Lookups, participantId: string): string =>
  keys.secretLookup('forgotten', JSON.stringify(['participant', participantId]));

/** The digest of a message's id, as the store has that. */
export const messageDigest = (keys: Lookups, channel: string, externalId: string): string =>
  keys.secretLookup('message', JSON.stringify([channel, externalId]));
