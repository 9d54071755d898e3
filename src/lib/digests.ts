/** Keyed digests by which forgotten people and their messages are known again, and nobody else is. */
import type { Keys } from './crypto.ts';

type Lookups = Pick<Keys, 'secretLookup'>;

/** The digest of an address, by its channel and the HMAC that it is looked up by. */
export const addressDigest = (keys: Lookups, channel: string, lookup: string): string =>
  keys.secretLookup('forgotten', JSON.stringify(['address', channel, lookup]));

/** The digest of a participant id. */
export const participantDigest = (keys: Lookups, participantId: string): string =>
  keys.secretLookup('forgotten', JSON.stringify(['participant', participantId]));

/** The digest of a message's id, as the store has that. */
export const messageDigest = (keys: Lookups, channel: string, externalId: string): string =>
  keys.secretLookup('message', JSON.stringify([channel, externalId]));
