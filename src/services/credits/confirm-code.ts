import { decideConfirm, decideGuess, GUESS_BUDGET } from '../../domain/redemption.ts';
import { ok, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { redeemersOf } from '../roles.ts';
import { countGuesses } from './count-guesses.ts';
import { endHold } from './end-hold.ts';
import { recordRedemption } from './record-redemption.ts';
import { transferRef } from './transfer-credits.ts';

export type Receipt = {
  readonly title: string;
  readonly credits: number;
  /** When the code was first honored (ms). */
  readonly honoredAt: number;
  readonly repeated: boolean;
  readonly personId: number;
};

/**
 * A redeemer's operator confirms a code: the hold is burned, once. A repeat by the same redeemer
 * gets the same receipt. `lockedNow` in the params of `code-unknown` is 1 when this failure used up
 * the day's budget. Source: domain.md, Offers and redemption.
 */
export function confirmCode(
  context: Context,
  operatorId: number,
  code: string,
): Result<Receipt, RefusalOf<typeof decideGuess> | RefusalOf<typeof decideConfirm>> {
  const { tx, now } = context;
  const failuresIn = countGuesses(context, operatorId);
  const guess = decideGuess(failuresIn);
  if (!guess.ok) return guess;

  const found = tx.redemptions.byCode(context.keys.secretLookup('code', code));
  const redeemers = redeemersOf(context, operatorId);
  const decision = decideConfirm({
    redemption: found?.redemption,
    operatorId,
    redeemsFor: redeemers.map((redeemer) => redeemer.id),
    now,
  });
  if (!decision.ok) {
    if (decision.refusal.code !== 'code-unknown') return decision;
    tx.redemptions.addCodeFailure(operatorId, now);
    const [day] = GUESS_BUDGET;
    const lockedNow = failuresIn(day.windowMs) + 1 >= day.failuresMax ? 1 : 0;
    return refuse('code-unknown', { lockedNow });
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

  const redeemer = redeemers.find((one) => one.id === redemption.partnerId);
  if (redeemer === undefined) throw new Error('confirmCode: a redeemer that is not there');
  const burn = transferRef(context, endHold(context, found, { honoredBy: operatorId }));
  recordRedemption(context, { offer, redeemer, burn, honoredAt: now });
  return ok({ ...receipt, honoredAt: now, repeated: false });
}
