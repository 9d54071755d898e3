import { dayOf } from '../../domain/calendar.ts';
import { codeFrom } from '../../domain/code.ts';
import { personAccount, redeemedAccount } from '../../domain/ledger.ts';
import { decideHold } from '../../domain/redemption.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { strongRef } from '../../records/strong-ref.ts';
import type { Offer, Redemption } from '../../store/offers.ts';
import type { Context } from '../context.ts';
import { seeBalance } from './see-balance.ts';
import { transferCredits } from './transfer-credits.ts';

const SEED_BYTES = 16;

const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The code of a redemption, derived again from its seed: it is stored nowhere. */
const codeOf = (context: Context, seed: string): string =>
  codeFrom(context.keys.derive('redemption-code', seed));

/** A seed whose code nobody has, with that code. */
function newCode(context: Context): { seed: string; code: string; lookup: string } {
  for (;;) {
    const seed = hex(context.random.bytes(SEED_BYTES));
    const code = codeOf(context, seed);
    const lookup = context.keys.secretLookup('code', code);
    if (!context.tx.offers.isCodeTaken(lookup)) return { seed, code, lookup };
  }
}

export type LiveCode = {
  readonly code: string;
  readonly title: string;
  readonly credits: number;
  readonly redeemer: string;
  readonly expiresAt: number;
};

/**
 * Holds a person's credits for an offer and gives the one-time code. Refusals: those of
 * `decideHold`. Source: domain.md, Lifecycle 6 and Offers and redemption.
 */
export function redeemOffer(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  offerId: number,
): Result<LiveCode, Refusal> {
  const { tx, now, city } = context;
  const found = tx.offers.get(offerId);
  const day = dayOf(now, city.timeZone);
  const decision = decideHold({
    offer: found && {
      open: found.offer.state === 'open' && found.redeemer.state === 'approved',
      credits: found.offer.credits,
      perDay: found.offer.perDay,
    },
    takenToday: found?.offer.perDay == null ? 0 : (tx.offers.offerDay(offerId, day)?.taken ?? 0),
    available: seeBalance(context, person.participantId).available,
    liveCodes: tx.offers.liveRedemptions(person.id).length,
    liveCodesMax: city.policies.liveCodesMax,
  });
  if (!decision.ok) {
    return refuse(decision.refusal.code, { offer: offerId, ...decision.refusal.params });
  }
  if (found === undefined) throw new Error('redeemOffer: a decision about nothing');
  const { offer, redeemer } = found;

  const { seed, code, lookup } = newCode(context);
  const id = tx.offers.nextRedemptionId();
  const holdId = `hold:${id}`;
  const hold = transferCredits(context, {
    id: holdId,
    kind: 'pending',
    debit: personAccount(person.participantId),
    credit: redeemedAccount(redeemer.rkey),
    amount: offer.credits,
    code: 'hold',
    reference: strongRef(context.did, COLLECTIONS.offer, offer.rkey, offer.cid),
  });
  if (!hold.ok) return hold;
  if (offer.perDay !== null) tx.offers.takeOfferDay(offerId, day, offer.perDay);
  const expiresAt = now + city.policies.codeMinutes * MINUTE_MS;
  tx.offers.addRedemption({
    id,
    offerId,
    partnerId: redeemer.id,
    personId: person.id,
    credits: offer.credits,
    codeLookup: lookup,
    codeSeed: seed,
    holdId,
    day,
    createdAt: now,
    expiresAt,
  });
  return ok({
    code,
    title: offer.title,
    credits: offer.credits,
    redeemer: redeemer.name,
    expiresAt,
  });
}

/** A person's codes that can still be honored, oldest first. */
export const seeCodes = (context: Context, personId: number): LiveCode[] =>
  context.tx.offers
    .liveRedemptions(personId)
    .filter(({ redemption }) => redemption.expiresAt > context.now)
    .map(({ redemption, offer, redeemer }) => ({
      code: codeOf(context, redemption.codeSeed),
      title: offer.title,
      credits: redemption.credits,
      redeemer,
      expiresAt: redemption.expiresAt,
    }));

/** Ends a hold and gives the credits back to their holder. */
function endHold(
  context: Context,
  redemption: Redemption,
  offer: Offer,
  state: 'released' | 'expired',
): void {
  const { tx, now } = context;
  const person = tx.people.person(redemption.personId);
  const redeemer = tx.partners.get(redemption.partnerId);
  if (person === undefined || redeemer === undefined) throw new Error('endHold: hold of nobody');
  const released = transferCredits(context, {
    id: `release:${redemption.id}`,
    kind: 'void',
    debit: personAccount(person.participantId),
    credit: redeemedAccount(redeemer.rkey),
    amount: redemption.credits,
    code: 'release',
    reference: null,
    resolves: redemption.holdId,
  });
  if (!released.ok) throw new Error(`endHold: ${released.refusal.code}`);
  if (!tx.offers.resolveRedemption(redemption.id, state, now, null)) {
    throw new Error('endHold: resolved before');
  }
  if (offer.perDay !== null) tx.offers.giveBackOfferDay(offer.id, redemption.day);
}

/**
 * The holder gives a code back and has the credits again. Refusals: `code-malformed` comes from
 * parsing; `code-unknown` for any code that is not a live one of this person.
 */
export function releaseCode(
  context: Context,
  personId: number,
  code: string,
): Result<{ readonly credits: number; readonly title: string }, Refusal> {
  const found = context.tx.offers.redemptionByCode(context.keys.secretLookup('code', code));
  if (
    found === undefined ||
    found.redemption.personId !== personId ||
    found.redemption.state !== 'held'
  ) {
    return refuse('release-unknown');
  }
  endHold(context, found.redemption, found.offer, 'released');
  return ok({ credits: found.redemption.credits, title: found.offer.title });
}

/** Gives back the credits of codes that nobody used in time; who got how many back for what. */
export function expireCodes(context: Context, limit: number) {
  return context.tx.offers.overdueRedemptions(context.now, limit).map(({ redemption, offer }) => {
    endHold(context, redemption, offer, 'expired');
    return { personId: redemption.personId, credits: redemption.credits, title: offer.title };
  });
}
