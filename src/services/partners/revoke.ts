/** Ending what somebody may do, and taking back invitations. Source: domain.md, Roles and authority. */
import { decideRevoke } from '../../domain/authority.ts';
import { foldCrockford } from '../../lib/crockford.ts';
import { ok, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Invite, Partner } from '../../store/partners.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import { recordDelegations } from '../city/record-delegations.ts';
import type { Context } from '../context.ts';
import { forgetRoles, isAdmin, isOwner } from '../roles.ts';
import { inviteOf } from './accept-invite.ts';

/** Something that the person who asks could end. */
export type Revocable = {
  /** A delegation is named by its number, an invitation too. */
  readonly kind: 'delegation' | 'invite';
  readonly id: number;
  readonly role: string;
  /** Whose it is; undefined for an invitation. */
  readonly participantId: string | undefined;
  /** Null for the city. */
  readonly partner: Partner | null;
  /** Since when (ms). */
  readonly at: number;
};

export type Revoked = Revocable & {
  /** The person who lost the role; undefined for an invitation. */
  readonly personId: number | undefined;
};

/** Lists what a person may end: for an admin everything, for an owner what is for their partner. */
export function seeRevocable(context: Context, personId: number): readonly Revocable[] {
  const { tx, now } = context;
  const isCity = isAdmin(context, personId);
  const partners = tx.partners.every().filter(({ id }) => isCity || isOwner(context, personId, id));
  const live = (partner: Partner | null): Revocable[] =>
    tx.partners
      .delegationsOf(partner?.id ?? null)
      .filter(
        ({ delegation: { revokedAt, expiresAt } }) =>
          revokedAt === null && (expiresAt ?? now + 1) > now,
      )
      .map(({ delegation: { id, role, createdAt }, participantId }) => ({
        ...({ kind: 'delegation', id, role, participantId, partner, at: createdAt } as const),
      }));
  const invited = tx.partners
    .openInvites(now)
    .filter((invite) => mayEnd(context, personId, invite))
    .map(({ id, role, partnerId, createdAt }): Revocable => {
      const partner = partners.find((one) => one.id === partnerId) ?? null;
      return { kind: 'invite', id, role, participantId: undefined, partner, at: createdAt };
    });
  return [...invited, ...(isCity ? live(null) : []), ...partners.flatMap(live)];
}

const mayEnd = (context: Context, personId: number, { partnerId }: Pick<Invite, 'partnerId'>) =>
  isAdmin(context, personId) || (partnerId !== null && isOwner(context, personId, partnerId));

/** Ends a delegation or an open invitation at once. */
export const revoke = (context: Context, personId: number, which: Pick<Revocable, 'kind' | 'id'>) =>
  causeRecords(context, personId, () => end(context, personId, which));

function end(
  context: Context,
  personId: number,
  { kind, id }: Pick<Revocable, 'kind' | 'id'>,
): Result<Revoked, RefusalOf<typeof decideRevoke>> {
  const { tx, now } = context;
  const found = seeRevocable(context, personId).find((one) => one.kind === kind && one.id === id);
  if (found === undefined) return refuse('uninvite-unknown');
  if (kind === 'invite') {
    tx.partners.removeInvite(id);
    return ok({ ...found, personId: undefined });
  }
  const delegation = tx.partners.delegation(id)?.delegation;
  if (delegation === undefined) throw new Error('revoke: a delegation that is not there');
  const { partnerId } = delegation;
  const others = tx.partners
    .reachableActingFor(null, now)
    .filter((admin) => admin !== delegation.personId);
  const decision = decideRevoke({
    isAdmin: isAdmin(context, personId),
    isOwner: partnerId !== null && isOwner(context, personId, partnerId),
    isForCity: partnerId === null,
    adminsLeft: new Set(others).size,
  });
  if (!decision.ok) return decision;
  tx.partners.endDelegation(delegation.personId, partnerId, now);
  forgetRoles(context);
  recordDelegations(context, partnerId);
  return ok({ ...found, personId: delegation.personId });
}

/** The open invitation with this token, if the person may take it back. */
export function findInvite(
  context: Context,
  personId: number,
  typedToken: string,
): Revocable | undefined {
  const invite = inviteOf(context, foldCrockford(typedToken));
  return seeRevocable(context, personId).find(
    ({ kind, id }) => kind === 'invite' && id === invite?.id,
  );
}
