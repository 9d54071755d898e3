import { COLLECTIONS, type RecordValues } from '../collections.ts';
import { cut, type Times, times } from './fields.ts';

export type PartnerFacts = Times & {
  readonly name: string;
  readonly kind: 'issuer' | 'redeemer';
  readonly status: 'pending' | 'approved' | 'suspended';
};

/** The record of a partner, at each change of its standing with the city. */
export const partnerRecord = (partner: PartnerFacts): RecordValues[typeof COLLECTIONS.partner] => ({
  $type: COLLECTIONS.partner,
  name: cut(partner.name, 128, 1280),
  kind: partner.kind,
  status: partner.status,
  ...times(partner),
});
