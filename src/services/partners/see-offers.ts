import type { Context } from '../context.ts';

/** Open offers of approved redeemers, cheapest first. */
export const seeOffers = ({ tx }: Context, limit: number) => tx.offers.open(limit).map(shown);

/** One of them by its number; undefined for one that is not open. */
export function seeOffer({ tx }: Context, id: number) {
  const found = tx.offers.get(id);
  const isOpen = found?.offer.state === 'open' && found.redeemer.state === 'approved';
  return isOpen ? shown(found) : undefined;
}

type Found = NonNullable<ReturnType<Context['tx']['offers']['get']>>;

const shown = ({ offer, redeemer }: Found) => ({
  id: offer.id,
  title: offer.title,
  credits: offer.credits,
  perDay: offer.perDay,
  redeemer: redeemer.name,
});
