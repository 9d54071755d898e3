import { CITY_CREDITS } from '../../domain/city.ts';
import { priceAt } from '../../domain/offer-price.ts';
import type { OfferChange } from '../../records/kinds/offer.ts';
import type { Offer } from '../../store/offers.ts';
import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';

/** What can change of an offer. */
export type OfferTerms = Pick<Offer, 'state' | 'credits' | 'nextCredits' | 'nextCreditsAt'>;

/** The changes that an offer's record tells so far; the offer as it was added comes first. */
export function offerHistory({ records }: Context, offer: Offer): readonly OfferChange[] {
  const record = records.get('offer', offer.rkey);
  const told = record?.history?.map(({ decidedAt, startsAt, ...change }) => ({
    ...change,
    decidedAt: Date.parse(decidedAt),
    ...(startsAt === undefined ? {} : { startsAt: Date.parse(startsAt) }),
  }));
  if (told !== undefined) return told;
  const { createdAt, credits } = offer;
  const first = { decidedAt: createdAt, status: 'open', credits, startsAt: createdAt };
  return [{ ...first, by: record?.by ?? null }];
}

/**
 * Writes a new version of an offer, in its row and in its record, with the change that somebody
 * decided; without one where a price that was told before has become the price.
 */
export function recordOffer(
  context: Context,
  { offer, redeemer }: { readonly offer: Offer; readonly redeemer: Partner },
  terms: OfferTerms,
  change?: OfferChange,
): Offer {
  const { tx, now, records } = context;
  const history = offerHistory(context, offer);
  const { cid } = records.update('offer', offer, {
    ...offer,
    ...terms,
    number: offer.id,
    redeemer: records.ref('partner', redeemer),
    creditKind: CITY_CREDITS,
    status: terms.state,
    history: change === undefined ? history : [...history, change],
    // Who added it stays, whoever they are today.
    by: records.get('offer', offer.rkey)?.by ?? null,
    updatedAt: now,
  });
  tx.offers.change(offer.id, { ...terms, cid });
  return { ...offer, ...terms, cid };
}

/** An offer whose price that was to come has become its price, if that is so. */
export function settlePrice(
  context: Context,
  found: { readonly offer: Offer; readonly redeemer: Partner },
): Offer {
  const { offer } = found;
  const price = priceAt(offer, context.now);
  return price.credits === offer.credits
    ? offer
    : recordOffer(context, found, { ...price, state: offer.state });
}

/** Makes the prices that were to come the prices, where their day is there; whether there were any. */
export function settlePrices(context: Context, limit: number): boolean {
  const due = context.tx.offers.due(context.now, limit);
  for (const found of due) settlePrice(context, found);
  return due.length > 0;
}
