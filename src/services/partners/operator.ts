/** What whoever has the machine may do about roles. Source: domain.md, Roles and authority. */
import type { Delegation } from '../../store/partners.ts';
import { keepOperatorNews } from '../city/operator-news.ts';
import { recordDelegations } from '../city/record-delegations.ts';
import type { Context } from '../context.ts';
import { adminsOf, forgetRoles } from '../roles.ts';
import { writeInvite } from './write-invite.ts';

export type LiveDelegation = {
  readonly participantId: string;
  readonly personId: number;
  readonly role: Delegation['role'];
  /** Null for the city. */
  readonly partnerId: number | null;
  readonly partner: string | null;
  /** In ms. */
  readonly since: number;
  readonly until: number | null;
};

/** Everybody who may act for the city or a partner now: the admins first. */
export function seeDelegations({ tx, now }: Context): readonly LiveDelegation[] {
  const of = (partnerId: number | null, partner: string | null): LiveDelegation[] =>
    tx.partners
      .delegationsOf(partnerId)
      .filter(({ delegation: { revokedAt, expiresAt } }) => {
        return revokedAt === null && (expiresAt ?? now + 1) > now;
      })
      .map(({ participantId, delegation: { personId, role, createdAt, expiresAt } }) => ({
        ...{ participantId, personId, role, partnerId, partner },
        since: createdAt,
        until: expiresAt,
      }));
  return [...of(null, null), ...tx.partners.every().flatMap(({ id, name }) => of(id, name))];
}

const participantsOf = ({ tx }: Context, personIds: readonly number[]): string[] =>
  personIds.flatMap((id) => tx.people.get(id)?.participantId ?? []);

/**
 * Writes an invitation to be an admin; those there are hear of it when the city next runs. To recover
 * the city takes back the open ones besides: whoever took an admin's phone could have made them.
 */
export function inviteAdminOnMachine(context: Context, kind: 'invited' | 'recovered'): string {
  const to = participantsOf(context, adminsOf(context));
  if (kind === 'recovered') context.tx.partners.withdrawAdminInvites();
  if (to.length > 0) keepOperatorNews(context, { kind, participantId: null, name: null, to });
  return writeInvite(context, { role: 'admin', partnerId: null, invitedBy: null });
}

/**
 * Ends what a person may do for the city and for every partner, or for one of them by its name. They
 * and the admins hear of it when the city next runs. The last admin's role can be ended, too: the
 * next start invites a new one. Answers what was ended: nothing for somebody who acts for nobody.
 */
export function revokeOnMachine(
  context: Context,
  participantId: string,
  partner: string | undefined,
): readonly LiveDelegation[] {
  const { tx, now } = context;
  const ended = seeDelegations(context).filter(
    (one) =>
      one.participantId === participantId && (partner === undefined || one.partner === partner),
  );
  if (ended.length === 0) return [];
  const to = [...new Set([participantId, ...participantsOf(context, adminsOf(context))])];
  for (const { personId, partnerId, partner: name } of ended) {
    tx.partners.endDelegation(personId, partnerId, now);
    recordDelegations(context, partnerId);
    keepOperatorNews(context, { kind: 'revoked', participantId, name, to });
  }
  forgetRoles(context);
  return ended;
}
