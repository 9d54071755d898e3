import type { Context } from '../context.ts';

/** Open offers of approved redeemers, cheapest first. */
export const seeOffers = (context: Context, limit: number) =>
  context.tx.offers.open(limit).map(({ offer, redeemer }) => ({
    id: offer.id,
    title: offer.title,
    credits: offer.credits,
    perDay: offer.perDay,
    redeemer: redeemer.name,
  }));
