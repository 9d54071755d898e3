import { INVITE_SYMBOLS, inviteFrom } from '../../domain/code.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { isOfLastMinute } from '../../lib/sent-twice.ts';
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
 * on; only its HMAC is kept. Asked for again within a minute, the same invitation is handed out.
 */
export function writeInvite(context: Context, invite: NewInvite): string {
  const { tx, now, keys, random, city } = context;
  const given = ofLastMinute(context, invite);
  if (given !== undefined) return given;
  const token =
    invite.invitedBy === null
      ? inviteFrom(random.bytes(INVITE_SYMBOLS))
      : tokenOf(context, { ...invite, id: tx.partners.nextInviteId(), createdAt: now });
  tx.partners.addInvite({
    lookup: keys.secretLookup('invite', token),
    ...invite,
    endsAt: invite.endsAt ?? null,
    createdAt: now,
    expiresAt: now + city.policies.inviteDays * DAY_MS,
  });
  return token;
}

/** Only the city's key and what is kept of an invitation give its token again. */
function tokenOf(
  { keys }: Context,
  invite: NewInvite & { readonly id: number; readonly createdAt: number },
): string {
  const { id, role, partnerId, invitedBy, endsAt, createdAt } = invite;
  const seed = [id, role, partnerId, invitedBy, endsAt ?? null, createdAt].join(' ');
  return inviteFrom(keys.derive('invite', seed));
}

/** The token that the same person got for the same invitation within the last minute. */
function ofLastMinute(context: Context, invite: NewInvite): string | undefined {
  const { tx, now, keys } = context;
  const last = invite.invitedBy === null ? undefined : tx.partners.newestInviteBy(invite.invitedBy);
  if (last === undefined || last.usedAt !== null || !isOfLastMinute(last.createdAt, now)) {
    return undefined;
  }
  const token = tokenOf(context, { ...invite, id: last.id, createdAt: last.createdAt });
  return keys.secretLookup('invite', token) === last.lookup ? token : undefined;
}
