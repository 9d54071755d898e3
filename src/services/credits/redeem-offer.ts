import { dayOf } from '../../domain/calendar.ts';
import { personAccount, redeemedAccount } from '../../domain/ledger.ts';
import { decideHold } from '../../domain/redemption.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { ok, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import { isOfLastMinute } from '../../lib/sent-twice.ts';
import { causeRecords } from '../budgets/cause-records.ts';
import type { Context } from '../context.ts';
import { settlePrice } from '../partners/record-offer.ts';
import { requireOpenBooks } from './books-open.ts';
import { type LiveCode, newCode } from './live-code.ts';
import { seeBalance } from './see-balance.ts';
import { seeCodes } from './see-codes.ts';
import { transferCredits } from './transfer-credits.ts';

type Holder = { readonly id: number; readonly participantId: string };

/**
 * Holds a person's credits for an offer and gives the one-time code; asked again within a minute it
 * gives the code that lives. Source: domain.md, Lifecycle 6 and Offers and redemption.
 */
export function redeemOffer(context: Context, person: Holder, offerId: number) {
  const given = codeOfLastMinute(context, person, offerId);
  return given === undefined
    ? causeRecords(context, person.id, () => redeem(context, person, offerId))
    : ok(given);
}

/** Who sent the words twice wants one code; where none may be given, none is shown either. */
function codeOfLastMinute(context: Context, { id }: Holder, offerId: number): LiveCode | undefined {
  if (context.unproven.has(id) || !requireOpenBooks(context).ok) return undefined;
  const given = context.tx.redemptions
    .live(id)
    .findLast(
      ({ redemption, offer }) =>
        offer.id === offerId && isOfLastMinute(redemption.createdAt, context.now),
    );
  return seeCodes(context, id).find(({ redemption }) => redemption === given?.redemption.id);
}

function redeem(
  context: Context,
  person: Holder,
  offerId: number,
): Result<LiveCode, RefusalOf<typeof decideHold> | RefusalOf<typeof requireOpenBooks>> {
  const { tx, now, city, records } = context;
  const open = requireOpenBooks(context);
  if (!open.ok) return open;
  const kept = tx.offers.get(offerId);
  const found = kept && { ...kept, offer: settlePrice(context, kept) };
  const day = dayOf(now, city.timeZone);
  const decision = decideHold({
    offer: found && {
      open: found.offer.state === 'open' && found.redeemer.state === 'approved',
      isPaused: found.offer.state === 'paused' && found.redeemer.state === 'approved',
      credits: found.offer.credits,
      perDay: found.offer.perDay,
    },
    takenToday: found?.offer.perDay == null ? 0 : (tx.offers.day(offerId, day)?.taken ?? 0),
    available: seeBalance(context, person.participantId).available,
    liveCodes: tx.redemptions.live(person.id).length,
    liveCodesMax: city.policies.liveCodesMax,
    isUnproven: context.unproven.has(person.id),
  });
  if (!decision.ok) {
    return refuse(decision.refusal.code, { offer: offerId, ...decision.refusal.params });
  }
  if (found === undefined) throw new Error('redeemOffer: a decision about nothing');
  const { offer, redeemer } = found;

  const { seed, code, lookup } = newCode(context);
  const lifeMs = city.policies.codeMinutes * MINUTE_MS;
  const expiresAt = now + lifeMs;
  const { id, holdId } = tx.redemptions.add({
    offerId,
    partnerId: redeemer.id,
    personId: person.id,
    credits: offer.credits,
    codeLookup: lookup,
    codeSeed: seed,
    day,
    createdAt: now,
    expiresAt,
  });
  const hold = transferCredits(context, {
    id: holdId,
    kind: 'pending',
    debit: personAccount(person.participantId),
    credit: redeemedAccount(redeemer.rkey),
    amount: offer.credits,
    code: 'hold',
    reference: records.ref('offer', offer),
    lifeMs,
  });
  if (!hold.ok) throw new Error(`redeemOffer: ${hold.refusal.code}`);
  if (offer.perDay !== null) tx.offers.takeDay(offerId, day, offer.perDay);
  return ok({
    redemption: id,
    code,
    title: offer.title,
    credits: offer.credits,
    redeemer: redeemer.name,
    expiresAt,
  });
}
