import { standingAfterAccept } from '../../domain/authority.ts';
import { INVITE_SYMBOLS } from '../../domain/code.ts';
import { foldCrockford } from '../../lib/crockford.ts';
import { withEither } from '../../lib/crypto.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Delegation, Invite, Partner } from '../../store/partners.ts';
import { guessCode } from '../budgets/guess-code.ts';
import { publishAdmins } from '../city/publish-city.ts';
import type { Context } from '../context.ts';
import { forgetRoles, isAdmin, isOwner } from '../roles.ts';
import { changeStanding, participantOf } from './change-standing.ts';
import { recordPartner } from './record-partner.ts';

type Accepted = {
  readonly role: Delegation['role'];
  readonly partner: Partner | null;
  /** Who invited; null for the operator. */
  readonly invitedBy: number | null;
};

/**
 * A person takes up an invitation. The admin's invitation is the city's approval: a partner that
 * waits for it is approved with it, or deferred where the admin said so. A wrong, a used and an
 * expired invitation, and one of somebody who may not invite any more, are refused alike; a wrong one
 * costs a guess, and what cannot be one costs none.
 */
export function acceptInvite(
  context: Context,
  personId: number,
  typedToken: string,
): Result<Accepted, Refusal<'invite-unknown' | 'guesses-wait' | 'link-locked'>> {
  const { tx, now } = context;
  const token = foldCrockford(typedToken);
  if (token.length !== INVITE_SYMBOLS) return refuse('invite-unknown');
  const guess = guessCode(context, personId);
  if (!guess.ok) {
    const { code: why, params } = guess.refusal;
    return why === 'guesses-locked' ? refuse('link-locked') : refuse(why, params);
  }
  const invite = inviteOf(context, token);
  if (invite === undefined || invite.usedAt !== null || invite.expiresAt <= context.sentAt) {
    guess.value.countWrong();
    return refuse('invite-unknown');
  }
  if (!isStillGood(context, invite)) return refuse('invite-unknown');
  if (!tx.partners.useInvite(invite.id, personId, now)) return refuse('invite-unknown');
  const role = delegate(context, personId, invite);
  const { partnerId, invitedBy } = invite;
  if (partnerId === null) {
    publishAdmins(context);
    return ok({ role, partner: null, invitedBy });
  }
  const partner = tx.partners.get(partnerId);
  if (partner === undefined) throw new Error('acceptInvite: an invitation to nothing');
  const state = standingAfterAccept(partner.state, partner.onboarding);
  if (state !== undefined) {
    changeStanding(context, partner, { state, by: invitedBy, reason: partner.onboardingReason });
  }
  return ok({ role, partner: recordPartner(context, partnerId), invitedBy });
}

/** The invitation of a token, also one from before the key was changed. */
export const inviteOf = ({ tx, keys }: Context, token: string): Invite | undefined =>
  withEither(keys, ({ secretLookup }) => tx.partners.invite(secretLookup('invite', token)));

/** Whoever invited may still do so, the partner is not suspended, and the role has not ended. */
function isStillGood(context: Context, { invitedBy, partnerId, endsAt }: Invite): boolean {
  if (endsAt !== null && endsAt <= context.now) return false;
  if (partnerId !== null && context.tx.partners.get(partnerId)?.state === 'suspended') return false;
  if (invitedBy === null || isAdmin(context, invitedBy)) return true;
  return partnerId !== null && isOwner(context, invitedBy, partnerId);
}

/**
 * Gives the person the role in the place of the one they have there; nobody loses a wider one by it.
 * Answers the role that they have now.
 */
function delegate(context: Context, personId: number, invite: Invite): Delegation['role'] {
  const { tx, now } = context;
  const { partnerId, role, endsAt, invitedBy } = invite;
  const before = tx.partners
    .acting(personId, now)
    .find(({ partner }) => (partner?.id ?? null) === partnerId);
  const kept = before && tx.partners.delegation(before.id)?.delegation;
  const isWider = kept !== undefined && (kept.role === role || kept.role === 'owner');
  if (isWider && (kept.expiresAt === null || kept.role !== role)) return kept.role;
  tx.partners.endDelegation(personId, partnerId, now);
  const givenBy = participantOf(context, invitedBy);
  tx.partners.addDelegation({
    personId,
    partnerId,
    role,
    createdAt: now,
    expiresAt: endsAt,
    givenBy,
  });
  forgetRoles(context);
  return role;
}

/** Makes an invitation void that was said where others read it; whether it was one. */
export function voidInvite(context: Context, typedToken: string): boolean {
  const { tx } = context;
  const invite = inviteOf(context, foldCrockford(typedToken));
  if (invite === undefined || invite.usedAt !== null) return false;
  tx.partners.removeInvite(invite.id);
  return true;
}
