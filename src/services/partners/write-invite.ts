import { INVITE_SYMBOLS, inviteFrom } from '../../domain/code.ts';
import { DAY_MS } from '../../lib/clock.ts';
import type { Delegation } from '../../store/partners.ts';
import type { Context } from '../context.ts';

type NewInvite = {
  readonly role: Delegation['role'];
  /** Null for the city. */
  readonly partnerId: number | null;
  /** Null for the operator. */
  readonly invitedBy: number | null;
  /** When the role ends (ms). */
  readonly endsAt?: number | undefined;
};

/**
 * Writes an invitation to act for a partner, or for the city. Its token goes to the one who hands it
 * on; only its HMAC is kept.
 */
export function writeInvite(context: Context, invite: NewInvite): string {
  const { tx, now, keys, random, city } = context;
  const token = inviteFrom(random.bytes(INVITE_SYMBOLS));
  tx.partners.addInvite({
    lookup: keys.secretLookup('invite', token),
    ...invite,
    endsAt: invite.endsAt ?? null,
    createdAt: now,
    expiresAt: now + city.policies.inviteDays * DAY_MS,
  });
  return token;
}
