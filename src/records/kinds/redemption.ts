import { COLLECTIONS, type RecordValues } from '../collections.ts';
import type { StrongRef } from '../strong-ref.ts';
import { datetime, reference } from './fields.ts';

export type RedemptionFacts = {
  readonly offer: StrongRef;
  readonly redeemer: StrongRef;
  /** The transfer that burned the held credits. */
  readonly burn: StrongRef;
  /** In ms. */
  readonly honoredAt: number;
};

/** The record of a redemption honored. Its code stays between the holder and the redeemer. */
export const redemptionRecord = (
  redemption: RedemptionFacts,
): RecordValues[typeof COLLECTIONS.redemption] => ({
  $type: COLLECTIONS.redemption,
  offer: reference(redemption.offer),
  redeemer: reference(redemption.redeemer),
  burn: reference(redemption.burn),
  createdAt: datetime(redemption.honoredAt),
});
