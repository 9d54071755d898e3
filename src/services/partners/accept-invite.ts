import { INVITE_SYMBOLS } from '../../domain/code.ts';
import { foldCrockford } from '../../lib/crockford.ts';
import { withEither } from '../../lib/crypto.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Delegation, Partner } from '../../store/partners.ts';
import { guessCode } from '../budgets/guess-code.ts';
import type { Context } from '../context.ts';
import { forgetRoles } from '../roles.ts';

/**
 * A person takes up an invitation. The admin's invitation is the city's approval: a pending
 * partner is approved with it. A wrong, a used and an expired invitation are refused alike, and cost a
 * guess; what cannot be one costs none.
 */
export function acceptInvite(
  context: Context,
  personId: number,
  typedToken: string,
): Result<
  { readonly role: Delegation['role']; readonly partner: Partner | null },
  Refusal<'invite-unknown' | 'guesses-wait' | 'link-locked'>
> {
  const { tx, now, records } = context;
  const token = foldCrockford(typedToken);
  if (token.length !== INVITE_SYMBOLS) return refuse('invite-unknown');
  const guess = guessCode(context, personId);
  if (!guess.ok) {
    const { code: why, params } = guess.refusal;
    return why === 'guesses-locked' ? refuse('link-locked') : refuse(why, params);
  }
  const invite = withEither(context.keys, ({ secretLookup }) =>
    tx.partners.invite(secretLookup('invite', token)),
  );
  if (invite === undefined || invite.usedAt !== null || invite.expiresAt <= context.sentAt) {
    guess.value.countWrong();
    return refuse('invite-unknown');
  }
  if (!tx.partners.useInvite(invite.id, personId, now)) return refuse('invite-unknown');
  const { role, partnerId } = invite;
  tx.partners.addDelegation({ personId, partnerId, role, createdAt: now });
  forgetRoles(context);
  if (partnerId === null) return ok({ role, partner: null });
  const partner = tx.partners.get(partnerId);
  if (partner === undefined) throw new Error('acceptInvite: an invitation to nothing');
  if (partner.state === 'pending') {
    const facts = { ...partner, status: 'approved', updatedAt: now } as const;
    const { cid } = records.update('partner', partner, facts);
    tx.partners.setState(partner.id, 'approved', cid);
  }
  return ok({ role, partner });
}
