import type { PartnerKind } from '../../domain/authority.ts';
import { foldWords } from '../../lib/text.ts';
import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';
import { isAdmin, isOwner } from '../roles.ts';

export type Team = {
  /** Null for the city itself. */
  readonly name: string | null;
  readonly kind: PartnerKind | null;
  /** Those who act for it now, owners first. */
  readonly people: readonly {
    readonly participantId: string;
    readonly role: string;
    /** When the role ends (ms); null where no end is set. */
    readonly until: number | null;
  }[];
  /** How many invitations can still be taken up. */
  readonly invited: number;
};

const ORDER = ['admin', 'owner', 'manager', 'reviewer', 'counter'];

/**
 * Who acts for an organization: for one of its owners, or for an admin, who without a name sees who
 * runs the city. One that is an organizer and a business is two teams. None where nothing is meant
 * that the person may ask about. Source: domain.md, Roles and authority.
 */
export function seeTeams(context: Context, personId: number, typedName: string): readonly Team[] {
  const { tx } = context;
  const isCity = isAdmin(context, personId);
  const typed = foldWords(typedName);
  const own = tx.partners.every().filter(({ id }) => isOwner(context, personId, id));
  if (typed === '' && own.length === 0) return isCity ? [teamOf(context, null)] : [];
  const asked = isCity && typed !== '' ? tx.partners.every() : own;
  const exact = asked.filter(({ folded }) => folded === typed);
  const found = exact.length > 0 ? exact : asked.filter(({ folded }) => folded.includes(typed));
  return found.map((partner) => teamOf(context, partner));
}

function teamOf({ tx, now }: Context, partner: Partner | null): Team {
  const people = tx.partners
    .delegationsOf(partner?.id ?? null)
    .filter(
      ({ delegation: { revokedAt, expiresAt } }) =>
        revokedAt === null && (expiresAt === null || expiresAt > now),
    )
    .map(({ participantId, delegation: { role, expiresAt } }) => ({
      ...{ participantId, role, until: expiresAt },
    }))
    .sort((one, other) => ORDER.indexOf(one.role) - ORDER.indexOf(other.role));
  const { name = null, kind = null } = partner ?? {};
  const open = tx.partners.openInvites(now);
  const invited = open.filter(({ partnerId }) => partnerId === (partner?.id ?? null)).length;
  return { name, kind, people, invited };
}
