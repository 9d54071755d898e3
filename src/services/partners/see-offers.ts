import { priceAt } from '../../domain/offer-price.ts';
import type { Context } from '../context.ts';

/** Open offers of approved redeemers, cheapest first. */
export const seeOffers = ({ tx, now }: Context, limit: number) =>
  tx.offers.open(limit).map((found) => shown(found, now));

/** One of them by its number; undefined for one that is not open. */
export function seeOffer({ tx, now }: Context, id: number) {
  const found = tx.offers.get(id);
  const isOpen = found?.offer.state === 'open' && found.redeemer.state === 'approved';
  return isOpen ? shown(found, now) : undefined;
}

type Found = NonNullable<ReturnType<Context['tx']['offers']['get']>>;

const shown = ({ offer, redeemer }: Found, now: number) => ({
  ...priceAt(offer, now),
  id: offer.id,
  title: offer.title,
  perDay: offer.perDay,
  redeemer: redeemer.name,
});
