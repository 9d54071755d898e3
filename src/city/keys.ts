/** The keys of the city whose database is opened. */
import { sessionKeyId } from '../account/session-keeper.ts';
import { ConfigError, type Environment } from '../config/config.ts';
import { createKeys, type Keys } from '../lib/crypto.ts';
import { systemRandom } from '../lib/random.ts';
import { NAMES_KEYS } from '../store/cursors.ts';
import type { Store } from '../store/store.ts';

/** Throws when what the database keeps sealed was sealed with another key than these. */
function checkKey(store: Store, database: string, { keyId, previous }: Keys): void {
  const known = previous === undefined ? [keyId] : [keyId, previous.keyId];
  const session = sessionKeyId(store);
  const isOther = session !== undefined && !known.includes(session);
  if (!isOther && store.read.identities.strangeKeyId(known) === undefined) return;
  throw new ConfigError(
    `${database} was written with another SECRET_KEY. Take that one, or name it in SECRET_KEY_PREVIOUS to change it.`,
  );
}

type Secrets = Pick<Environment, 'secretKey' | 'previousSecretKey'>;

/**
 * The keys of the city whose database this is, which operators know as `database`. The names of chats
 * and posts keep theirs when the `SECRET_KEY` changes: they are known again by them. Throws a
 * `ConfigError` where the key is missing or another.
 */
export function openKeys(store: Store, database: string, secrets: Secrets): Keys {
  const { secretKey, previousSecretKey: previous } = secrets;
  if (secretKey === undefined) {
    throw new ConfigError('SECRET_KEY is missing. Addresses are sealed with it: take the city’s.');
  }
  const keys = createKeys(secretKey, systemRandom, { previous });
  checkKey(store, database, keys);
  const sealed = store.read.cursors.get(NAMES_KEYS);
  return sealed === undefined
    ? keys
    : createKeys(secretKey, systemRandom, { previous, names: keys.openText(sealed) });
}
