import { INVITE_SYMBOLS, inviteFrom } from '../../domain/code.ts';
import { DAY_MS } from '../../lib/clock.ts';
import type { Delegation } from '../../store/partners.ts';
import type { Context } from '../context.ts';

/**
 * Writes an invitation to act for a partner, or with null for the city. Its token goes to the one
 * who hands it on; only its HMAC is kept.
 */
export function writeInvite(
  context: Context,
  role: Delegation['role'],
  partnerId: number | null,
): string {
  const { tx, now, keys, random, city } = context;
  const token = inviteFrom(random.bytes(INVITE_SYMBOLS));
  tx.partners.addInvite({
    lookup: keys.secretLookup('invite', token),
    role,
    partnerId,
    createdAt: now,
    expiresAt: now + city.policies.inviteDays * DAY_MS,
  });
  return token;
}
