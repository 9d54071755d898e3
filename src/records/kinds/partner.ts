import * as lexicon from '../../lexicons/org/city-sync/civic/partner.defs.ts';
import { actor, type DelegationFacts, delegation } from './delegation.ts';
import { cut, datetime, type Times, times } from './fields.ts';

export type PartnerFacts = Times & {
  readonly name: string;
  readonly kind: 'issuer' | 'redeemer';
  readonly status: 'invited' | 'pending' | 'approved' | 'deferred' | 'suspended';
  /** Green where it is left out. */
  readonly onboarding?: 'green' | 'yellow' | 'red';
  /** Everybody who may act for it or might, oldest first. */
  readonly delegations?: readonly DelegationFacts[];
  /** Where it stood, oldest first. */
  readonly history?: readonly {
    readonly status: PartnerFacts['status'];
    /** In ms. */
    readonly at: number;
    readonly by: string | null;
    /** Empty for none. */
    readonly reason: string;
  }[];
};

const standing = ({ status, at, by, reason }: NonNullable<PartnerFacts['history']>[number]) => ({
  status,
  decidedAt: datetime(at),
  ...actor(by),
  ...(reason === '' ? {} : { reason: cut(reason, 300, 3000) }),
});

/** The record of a partner, at each change of its standing with the city and of who acts for it. */
export const partner = {
  lexicon,
  build: ({
    onboarding = 'green',
    delegations = [],
    history = [],
    ...partner
  }: PartnerFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    name: cut(partner.name, 128, 1280),
    kind: partner.kind,
    status: partner.status,
    ...(onboarding === 'green' ? {} : { onboarding }),
    ...(delegations.length === 0 ? {} : { delegations: delegations.map(delegation) }),
    ...(history.length === 0 ? {} : { history: history.map(standing) }),
    ...times(partner),
  }),
  summarize: ({ name, kind, status }: lexicon.Main) => `${name}: ${kind}, ${status}`,
} as const;
