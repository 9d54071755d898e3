import type { StrongRef } from '../../records/strong-ref.ts';
import type { Offer } from '../../store/offers.ts';
import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';

/** Writes down in public that a redeemer honored credits: what it honored, and which burn it was. */
export function recordRedemption(
  { records }: Context,
  redemption: {
    readonly offer: Offer;
    readonly redeemer: Partner;
    readonly burn: StrongRef;
    /** In ms. */
    readonly honoredAt: number;
    readonly isLate: boolean;
    /** The participant id of who confirmed the code; null where nobody is known. */
    readonly by: string | null;
  },
): void {
  records.create('redemption', {
    ...redemption,
    offer: records.ref('offer', redemption.offer),
    redeemer: records.ref('partner', redemption.redeemer),
  });
}
