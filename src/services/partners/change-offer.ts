/** A redeemer changes an offer of its own. Source: domain.md, Offers and redemption. */
import { decidePrice, type Price } from '../../domain/offer-price.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { OfferChange } from '../../records/kinds/offer.ts';
import type { Offer } from '../../store/offers.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { actFor, nameInAnswer, partnersFor } from '../roles.ts';
import { participantOf } from './change-standing.ts';
import { offerHistory, recordOffer, settlePrice } from './record-offer.ts';

type Refused = RefusalOf<typeof actFor> | Refusal<'offer-not-yours' | 'offer-changed-often'>;

/** So many changes of one offer are told in its record. */
const CHANGES_MAX = 500;

/**
 * Stops giving codes for an offer, or gives them again; codes that live are honored. Nothing is
 * changed where it is so already.
 */
export const pauseOffer = (
  context: Context,
  personId: number,
  { offerId, isPaused }: { readonly offerId: number; readonly isPaused: boolean },
) =>
  causeRecords(context, personId, (): Result<Offer, Refused> => {
    const found = findOwnOffer(context, personId, offerId);
    if (!found.ok) return found;
    const state = isPaused ? 'paused' : 'open';
    return found.value.offer.state === state
      ? ok(found.value.offer)
      : change(context, personId, found.value, { status: state });
  });

/** Ends an offer for good; codes that live are honored. */
export const closeOffer = (context: Context, personId: number, offerId: number) =>
  causeRecords(context, personId, (): Result<Offer, Refused> => {
    const found = findOwnOffer(context, personId, offerId);
    return found.ok ? change(context, personId, found.value, { status: 'closed' }) : found;
  });

/** Sets a price: down at once, up with 30 days' notice; codes that live keep theirs. */
export const setPrice = (
  context: Context,
  personId: number,
  { offerId, credits }: { readonly offerId: number; readonly credits: number },
) =>
  causeRecords(context, personId, (): Result<Offer, Refused | RefusalOf<typeof decidePrice>> => {
    const found = findOwnOffer(context, personId, offerId);
    if (!found.ok) return found;
    const { offer } = found.value;
    const decision = decidePrice(offer, credits, context.now);
    if (!decision.ok) {
      return refuse(decision.refusal.code, { offer: offerId, ...decision.refusal.params });
    }
    return isSame(offer, decision.value)
      ? ok(offer)
      : change(context, personId, found.value, { price: decision.value });
  });

const isSame = (one: Price, other: Price): boolean =>
  one.credits === other.credits && one.nextCredits === other.nextCredits;

type Found = NonNullable<ReturnType<Context['tx']['offers']['get']>>;

/** An offer of a partner that the person may change the offers of, with the price of today. */
export function findOwnOffer(
  context: Context,
  personId: number,
  offerId: number,
): Result<Found, Refused> {
  const found = context.tx.offers.get(offerId);
  const redeemer = partnersFor(context, personId, 'offers').find(
    ({ id }) => id === found?.redeemer.id,
  );
  if (found === undefined || redeemer === undefined || found.offer.state === 'closed') {
    const acting = actFor(context, personId, { kind: 'redeemer', right: 'offers' });
    return acting.ok ? refuse('offer-not-yours', { offer: offerId }) : acting;
  }
  nameInAnswer(context, personId, redeemer.name);
  return ok({ ...found, offer: settlePrice(context, found) });
}

/** The offers that a person may change, oldest first. */
export const ownOffers = (context: Context, personId: number): readonly Offer[] =>
  partnersFor(context, personId, 'offers').flatMap(({ id }) => context.tx.offers.ofPartner(id));

function change(
  context: Context,
  personId: number,
  found: Found,
  to: { readonly status?: Offer['state']; readonly price?: Price },
): Result<Offer, Refused> {
  const { offer } = found;
  const { now } = context;
  if (offerHistory(context, offer).length >= CHANGES_MAX && to.status !== 'closed') {
    return refuse('offer-changed-often', { offer: offer.id });
  }
  const { status, price } = to;
  const decided: OfferChange = {
    decidedAt: now,
    by: participantOf(context, personId),
    ...(status === undefined ? {} : { status }),
    ...(price === undefined
      ? {}
      : { credits: price.nextCredits ?? price.credits, startsAt: price.nextCreditsAt ?? now }),
  };
  const terms = { ...offer, ...price, state: status ?? offer.state };
  return ok(recordOffer(context, found, pick(terms), decided));
}

const pick = ({ state, credits, nextCredits, nextCreditsAt }: Offer) => ({
  state,
  credits,
  nextCredits,
  nextCreditsAt,
});
