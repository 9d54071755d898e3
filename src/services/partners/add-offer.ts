import { CITY_CREDITS } from '../../domain/city.ts';
import { decideOffer } from '../../domain/redemption.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import { strongRef } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';
import { redeemersOf } from '../credits/confirm-code.ts';

export type OfferDraft = {
  readonly title: string;
  readonly credits: number;
  /** How many a day; null for no limit. */
  readonly perDay: number | null;
};

/** A redeemer adds an offer. Refusals: `not-redeemer` and those of `decideOffer`. */
export function addOffer(
  context: Context,
  personId: number,
  draft: OfferDraft,
): Result<{ readonly offerId: number; readonly redeemer: string }, Refusal> {
  const { tx, now } = context;
  const [redeemer] = redeemersOf(context, personId);
  if (redeemer === undefined) return refuse('not-redeemer');
  const decision = decideOffer(draft);
  if (!decision.ok) return decision;
  const id = tx.offers.nextId();
  const rkey = context.newTid();
  const ref = context.stage(
    tx,
    'create',
    COLLECTIONS.offer,
    rkey,
    KINDS.offer.build({
      ...draft,
      number: id,
      redeemer: strongRef(context.did, COLLECTIONS.partner, redeemer.rkey, redeemer.cid),
      creditKind: CITY_CREDITS,
      status: 'open',
      createdAt: now,
    }),
  );
  tx.offers.add({
    ...draft,
    id,
    partnerId: redeemer.id,
    createdAt: now,
    rkey,
    cid: ref.cid,
  });
  return ok({ offerId: id, redeemer: redeemer.name });
}

/** Open offers of approved redeemers, cheapest first. */
export const seeOffers = (context: Context, limit: number) =>
  context.tx.offers.open(limit).map(({ offer, redeemer }) => ({
    id: offer.id,
    title: offer.title,
    credits: offer.credits,
    perDay: offer.perDay,
    redeemer: redeemer.name,
  }));
