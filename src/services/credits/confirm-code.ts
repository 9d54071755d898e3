import { personAccount, redeemedAccount } from '../../domain/ledger.ts';
import { decideConfirm, decideGuess, GUESS_BUDGET } from '../../domain/redemption.ts';
import { ok, type Refusal, type Result } from '../../lib/result.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import { type StrongRef, strongRef } from '../../records/strong-ref.ts';
import type { Offer } from '../../store/offers.ts';
import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';
import { transferCredits, transferRef } from './transfer-credits.ts';

export type Receipt = {
  readonly title: string;
  readonly credits: number;
  /** When the code was first honored (ms). */
  readonly honoredAt: number;
  readonly repeated: boolean;
  readonly personId: number;
};

/** The approved redeemers a person acts for. */
export const redeemersOf = (context: Context, personId: number): Partner[] =>
  context
    .acting(personId)
    .flatMap(({ partner }) =>
      partner?.kind === 'redeemer' && partner.state === 'approved' ? [partner] : [],
    );

/**
 * A redeemer's operator confirms a code: the hold is burned, once. A repeat by the same redeemer
 * gets the same receipt. Refusals: those of `decideGuess` and `decideConfirm`; `lockedNow` in the
 * params of `code-unknown` is 1 when this failure used up the day's budget.
 * Source: domain.md, Offers and redemption.
 */
export function confirmCode(
  context: Context,
  operatorId: number,
  code: string,
): Result<Receipt, Refusal> {
  const { tx, now } = context;
  const [day] = GUESS_BUDGET;
  const failures = tx.offers.codeFailures(operatorId, now - day.windowMs);
  const failuresIn = (windowMs: number) => failures.filter((at) => at >= now - windowMs).length;
  const guess = decideGuess(failuresIn);
  if (!guess.ok) return guess;

  const found = tx.offers.redemptionByCode(context.keys.secretLookup('code', code));
  const redeemers = redeemersOf(context, operatorId);
  const decision = decideConfirm({
    redemption: found?.redemption,
    operatorId,
    redeemsFor: redeemers.map((redeemer) => redeemer.id),
    now,
  });
  if (!decision.ok) {
    if (decision.refusal.code !== 'code-unknown') return decision;
    tx.offers.addCodeFailure(operatorId, now);
    const lockedNow = failures.length + 1 >= day.failuresMax ? 1 : 0;
    return { ok: false, refusal: { ...decision.refusal, params: { lockedNow } } };
  }
  if (found === undefined) throw new Error('confirmCode: a decision about nothing');
  const { redemption, offer } = found;
  const receipt = {
    title: offer.title,
    credits: redemption.credits,
    personId: redemption.personId,
  };
  if (decision.value === 'repeat') {
    return ok({ ...receipt, honoredAt: redemption.resolvedAt ?? now, repeated: true });
  }

  const person = tx.people.person(redemption.personId);
  const redeemer = redeemers.find((one) => one.id === redemption.partnerId);
  if (person === undefined || redeemer === undefined) throw new Error('confirmCode: of nobody');
  const burn = transferCredits(context, {
    id: `burn:${redemption.id}`,
    kind: 'post',
    debit: personAccount(person.participantId),
    credit: redeemedAccount(redeemer.rkey),
    amount: redemption.credits,
    code: 'burn',
    reference: null,
    resolves: redemption.holdId,
  });
  if (!burn.ok) throw new Error(`confirmCode: ${burn.refusal.code}`);
  if (!tx.offers.resolveRedemption(redemption.id, 'honored', now, operatorId)) {
    throw new Error('confirmCode: resolved before');
  }
  recordRedemption(context, offer, redeemer, transferRef(context, burn.value), now);
  return ok({ ...receipt, honoredAt: now, repeated: false });
}

/** Writes down in public that a redeemer honored credits: what it honored, and which burn it was. */
export function recordRedemption(
  context: Context,
  offer: Offer,
  redeemer: Partner,
  burn: StrongRef,
  honoredAt: number,
): void {
  context.stage(
    context.tx,
    'create',
    COLLECTIONS.redemption,
    context.newTid(),
    KINDS.redemption.build({
      offer: strongRef(context.did, COLLECTIONS.offer, offer.rkey, offer.cid),
      redeemer: strongRef(context.did, COLLECTIONS.partner, redeemer.rkey, redeemer.cid),
      burn,
      honoredAt,
    }),
  );
}
