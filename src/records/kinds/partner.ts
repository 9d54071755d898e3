import * as lexicon from '../../lexicons/org/city-sync/civic/partner.defs.ts';
import { cut, type Times, times } from './fields.ts';

export type PartnerFacts = Times & {
  readonly name: string;
  readonly kind: 'issuer' | 'redeemer';
  readonly status: 'pending' | 'approved' | 'suspended';
};

/** The record of a partner, at each change of its standing with the city. */
export const partner = {
  lexicon,
  build: (partner: PartnerFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    name: cut(partner.name, 128, 1280),
    kind: partner.kind,
    status: partner.status,
    ...times(partner),
  }),
  summarize: ({ name, kind, status }: lexicon.Main) => `${name}: ${kind}, ${status}`,
} as const;
