/** Whose repository the city writes to. */
import { isAboutAccount } from '../account/refusal.ts';
import type { Session } from '../account/session.ts';
import { ConfigError } from '../config/config.ts';
import { SECOND_MS } from '../lib/clock.ts';
import { PLACEHOLDER_DID } from '../lib/placeholder-did.ts';
import { CITY_DID } from '../store/cursors.ts';
import type { Store } from '../store/store.ts';

const SIGN_IN_TRIES = 3;
const BETWEEN_TRIES_MS = 2 * SECOND_MS;

/** The DID of the account that the database is of; undefined where there was none yet. */
export function knownDid(store: Store): string | undefined {
  const kept = store.read.cursors.get(CITY_DID);
  return kept === PLACEHOLDER_DID ? undefined : kept;
}

/**
 * The DID of the account, as its server tells it; the one in the database while that does not
 * answer; the placeholder where there is no account. Throws a `ConfigError` where they differ.
 */
export async function didOf(session: Session | undefined, store: Store): Promise<string> {
  const known = knownDid(store);
  if (session === undefined) {
    if (known === undefined) return PLACEHOLDER_DID;
    throw new ConfigError(
      `The database is that of ${known}: BLUESKY_IDENTIFIER and BLUESKY_PASSWORD are missing.`,
    );
  }
  for (let tries = 1; ; tries += 1) {
    const account = await session.signIn();
    if (account.kind === 'ok') {
      const did = account.value;
      if (known === undefined || known === did) return did;
      throw new ConfigError(
        `The database is that of ${known}, and BLUESKY_IDENTIFIER is ${did}. Take that account, or another DATABASE_PATH.`,
      );
    }
    // Publishing says it, and goes on by itself once it is over; the rest does not need the account.
    if (account.kind === 'refused' && known !== undefined && isAboutAccount(account.code)) {
      return known;
    }
    if (account.kind === 'refused') {
      throw new ConfigError(
        `Bluesky refuses BLUESKY_IDENTIFIER and BLUESKY_PASSWORD (${account.code}). Is the app password right?`,
      );
    }
    if (known !== undefined) return known;
    if (tries === SIGN_IN_TRIES || account.kind === 'limited') {
      throw new ConfigError(
        'BLUESKY_SERVICE does not answer, and the first start needs it to know the account.',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, BETWEEN_TRIES_MS));
  }
}
