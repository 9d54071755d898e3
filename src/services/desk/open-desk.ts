import { withEither } from '../../lib/crypto.ts';
import type { Context } from '../context.ts';
import { actsForAnybody } from './begin-login.ts';
import { newToken } from './token.ts';

/**
 * Opens the desk by a link, which is used up by it: the secret of the session, for a cookie. Undefined
 * for any other token, and for who acts for nobody any more.
 */
export function openDesk(context: Context, token: string): string | undefined {
  const { tx, now, keys } = context;
  const link = withEither(keys, ({ secretLookup }) =>
    tx.desk.takeLink(secretLookup('desk', token)),
  );
  if (link === undefined || link.expiresAt <= now) return undefined;
  const { personId, identityId } = link;
  const identity = tx.identities.get(identityId);
  const isTheirs = identity?.personId === personId && identity.returnedAt === null;
  if (!isTheirs || !actsForAnybody(context, personId)) return undefined;
  const secret = newToken(context);
  const lookup = keys.secretLookup('desk', secret);
  tx.desk.addSession({ lookup, personId, identityId, createdAt: now, usedAt: now });
  return secret;
}
