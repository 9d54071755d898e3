import { CITY_CREDITS } from '../../domain/city.ts';
import { decideOffer, type OfferDraft } from '../../domain/redemption.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import { isOfLastMinute } from '../../lib/sent-twice.ts';
import type { Offer } from '../../store/offers.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { actFor } from '../roles.ts';
import { participantOf } from './change-standing.ts';

/**
 * A redeemer adds an offer; said again within a minute it is the same one. Source: domain.md, Offers
 * and redemption.
 */
export const addOffer = (context: Context, personId: number, draft: OfferDraft) =>
  causeRecords(context, personId, () => add(context, personId, draft));

function add(
  context: Context,
  personId: number,
  draft: OfferDraft,
): Result<
  { readonly offerId: number; readonly redeemer: string },
  RefusalOf<typeof actFor> | RefusalOf<typeof decideOffer>
> {
  const { tx, now, records } = context;
  const acting = actFor(context, personId, { kind: 'redeemer', right: 'offers' });
  if (!acting.ok) return acting;
  const redeemer = acting.value;
  const decision = decideOffer(draft);
  if (!decision.ok) return decision;
  const last = tx.offers.newestOf(redeemer.id);
  if (last !== undefined && isOfLastMinute(last.createdAt, now) && isSame(last, draft)) {
    return ok({ offerId: last.id, redeemer: redeemer.name });
  }
  const id = tx.offers.nextId();
  const { rkey, cid } = records.create('offer', {
    ...draft,
    number: id,
    redeemer: records.ref('partner', redeemer),
    creditKind: CITY_CREDITS,
    status: 'open',
    by: participantOf(context, personId),
    createdAt: now,
  });
  tx.offers.add({ ...draft, id, partnerId: redeemer.id, createdAt: now, rkey, cid });
  return ok({ offerId: id, redeemer: redeemer.name });
}

const isSame = (offer: Offer, { title, credits, perDay }: OfferDraft): boolean =>
  offer.state === 'open' &&
  offer.title === title &&
  offer.credits === credits &&
  offer.perDay === perDay;
