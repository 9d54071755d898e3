/** What is public about who acts for whom. */
import type { DelegationFacts } from '../../records/kinds/delegation.ts';
import type { PartnerFacts } from '../../records/kinds/partner.ts';
import type { Delegation, Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';

const endOf = ({ revokedAt, expiresAt }: Delegation): number | null => {
  if (revokedAt === null || expiresAt === null) return revokedAt ?? expiresAt;
  return Math.min(revokedAt, expiresAt);
};

/** Everybody who acts for a partner or did, or with null for the city, oldest first. */
export const delegationFacts = ({ tx }: Context, partnerId: number | null): DelegationFacts[] =>
  tx.partners.delegationsOf(partnerId).map(({ delegation, participantId }) => ({
    participant: participantId,
    role: delegation.role,
    since: delegation.createdAt,
    until: endOf(delegation),
    by: delegation.givenBy,
  }));

/** All that a partner's record says, but for the time of its version. */
const partnerFacts = (context: Context, partner: Partner): PartnerFacts => ({
  ...partner,
  status: partner.state,
  delegations: delegationFacts(context, partner.id),
  history: context.tx.partners
    .standings(partner.id)
    .map(({ state: status, at, by, reason }) => ({ status, at, by, reason })),
});

/** Writes a new version of a partner's record: its standing, or who acts for it, has changed. */
export function recordPartner(context: Context, partnerId: number): Partner {
  const { tx, now, records } = context;
  const partner = tx.partners.get(partnerId);
  if (partner === undefined) throw new Error('recordPartner: there is no such partner');
  const facts = { ...partnerFacts(context, partner), updatedAt: now };
  const { cid } = records.update('partner', partner, facts);
  tx.partners.setCid(partnerId, cid);
  return { ...partner, cid };
}

/** Writes down who acts for the partners whose records do not say it, as those of an older version. */
export function publishDelegations(context: Context): void {
  for (const { id, rkey } of context.tx.partners.every()) {
    const record = context.records.get('partner', rkey);
    const isTold = (record?.delegations?.length ?? 0) === delegationFacts(context, id).length;
    if (!isTold || record?.history === undefined) recordPartner(context, id);
  }
}
