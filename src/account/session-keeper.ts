/** Keeps the session with the account over restarts, sealed, in the store. */
import type { Keys } from '../lib/crypto.ts';
import type { Store } from '../store/store.ts';

/** A session is a secret like a password. */
export type SessionKeeper = {
  readonly load: () => string | undefined;
  readonly save: (session: string | undefined) => void;
};

const SESSION_CURSOR = 'bluesky-session';

export const createSessionKeeper = (store: Store, keys: Keys): SessionKeeper => ({
  load: () => {
    const sealed = store.read.cursors.get(SESSION_CURSOR);
    return sealed ? keys.openText(sealed) : undefined;
  },
  save: (session) => {
    const sealed = session === undefined ? '' : keys.sealText(session);
    store.transact((tx) => tx.cursors.put(SESSION_CURSOR, sealed));
  },
});

/** The key that the kept session was sealed with; undefined where none is kept. */
export function sessionKeyId(store: Store): string | undefined {
  const [keyId] = store.read.cursors.get(SESSION_CURSOR)?.split(':') ?? [];
  return keyId === '' ? undefined : keyId;
}
