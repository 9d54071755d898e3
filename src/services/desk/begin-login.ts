import { LOGIN_MS } from '../../domain/desk.ts';
import { publicAddress } from '../../lib/public-address.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { isProven } from '../people/must-prove.ts';
import { actingForPartners, isAdmin } from '../roles.ts';
import { newToken } from './token.ts';

/** Does this person act for a partner, whatever it stands, or for the city? */
export const actsForAnybody = (context: Context, personId: number): boolean =>
  isAdmin(context, personId) || actingForPartners(context, personId).length > 0;

/**
 * The address of a page that opens the desk once, for whoever acts for a partner or the city; those
 * given before are void. Undefined for a city that has no address on the web.
 */
export function beginLogin(
  context: Context,
  { personId, identityId }: { readonly personId: number; readonly identityId: number },
): Result<string | undefined, RefusalOf<typeof isProven> | Refusal<'login-nobody'>> {
  const { tx, now, keys, publicUrl } = context;
  const proven = isProven(context, personId);
  if (!proven.ok) return proven;
  if (!actsForAnybody(context, personId)) return refuse('login-nobody');
  if (publicUrl === undefined) return ok(undefined);
  const token = newToken(context);
  tx.desk.endLinks(personId);
  tx.desk.addLink({
    lookup: keys.secretLookup('desk', token),
    ...{ personId, identityId },
    expiresAt: now + LOGIN_MS,
  });
  return ok(publicAddress(publicUrl, `/desk/login/${token}`));
}
