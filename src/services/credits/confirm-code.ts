import { decideConfirm, type decideGuess } from '../../domain/redemption.ts';
import { US_PER_MS } from '../../lib/clock.ts';
import { ok, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import { guessCode } from '../budgets/guess-code.ts';
import type { Context } from '../context.ts';
import { participantOf } from '../partners/change-standing.ts';
import { nameInAnswer, partnersFor } from '../roles.ts';
import { requireOpenBooks } from './books-open.ts';
import { burnAgain, endHold } from './end-hold.ts';
import { findByCode } from './live-code.ts';
import { recordRedemption } from './record-redemption.ts';
import { nextTransferMs, transferRef } from './transfer-credits.ts';

export type Receipt = {
  readonly title: string;
  readonly credits: number;
  /** When the code was first honored (ms). */
  readonly honoredAt: number;
  readonly repeated: boolean;
  /** It was sent before the code ended, and honored after that. */
  readonly isLate: boolean;
  readonly personId: number;
};

/**
 * A redeemer's operator confirms a code: the hold is burned, once. What they sent in time is honored
 * for a day after the code's end, as long as its holder still has the credits. A repeat by the same
 * redeemer gets the same receipt. `lockedNow` in the params of `code-unknown` is 1 when this failure used up
 * the day's budget. Source: domain.md, Offers and redemption.
 */
export function confirmCode(
  context: Context,
  operatorId: number,
  code: string,
): Result<
  Receipt,
  | RefusalOf<typeof requireOpenBooks>
  | RefusalOf<typeof decideGuess>
  | RefusalOf<typeof decideConfirm>
> {
  const { tx, now, sentAt } = context;
  // Whatever stands in the way now, what was honored before was honored.
  const repeated = receiptOf(context, operatorId, code);
  if (repeated !== undefined) return ok(repeated);
  const open = requireOpenBooks(context);
  if (!open.ok) return open;
  const guess = guessCode(context, operatorId);
  if (!guess.ok) return guess;

  const found = findByCode(context, code);
  const redeemers = partnersFor(context, operatorId, 'codes');
  const decision = decideConfirm({
    redemption: found?.redemption,
    operatorId,
    areClose: found !== undefined && tx.accounts.areClose(found.redemption.personId, operatorId),
    redeemsFor: redeemers.map((redeemer) => redeemer.id),
    sentAt,
    endsAt: found === undefined ? sentAt : codeEnd(found),
    burnsAt: nextTransferMs(context),
  });
  if (!decision.ok) {
    if (decision.refusal.code !== 'code-unknown') return decision;
    return refuse('code-unknown', { lockedNow: guess.value.countWrong() ? 1 : 0 });
  }
  if (found === undefined) throw new Error('confirmCode: a decision about nothing');
  const { redemption, offer } = found;
  const receipt = {
    title: offer.title,
    credits: redemption.credits,
    personId: redemption.personId,
  };
  const redeemer = redeemers.find((one) => one.id === redemption.partnerId);
  if (redeemer === undefined) throw new Error('confirmCode: a redeemer that is not there');
  nameInAnswer(context, operatorId, redeemer.name);
  if (decision.value === 'repeat') throw new Error('confirmCode: a receipt that was not found');

  const burned =
    redemption.state === 'expired'
      ? burnAgain(context, found, operatorId)
      : endHold(context, found, { honoredBy: operatorId });
  if (burned === undefined) return refuse('code-expired');
  const isLate = decision.value === 'honor-late';
  const burn = transferRef(context, burned);
  const by = participantOf(context, operatorId);
  recordRedemption(context, { offer, redeemer, burn, honoredAt: now, isLate, by });
  return ok({ ...receipt, honoredAt: now, repeated: false, isLate });
}

/** The receipt of a code that this operator's business honored before; undefined for any other code. */
function receiptOf(context: Context, operatorId: number, code: string): Receipt | undefined {
  const found = findByCode(context, code);
  if (found?.redemption.state !== 'honored') return undefined;
  const { credits, personId, partnerId, resolvedAt } = found.redemption;
  const redeemer = partnersFor(context, operatorId, 'codes').find(({ id }) => id === partnerId);
  if (redeemer === undefined) return undefined;
  nameInAnswer(context, operatorId, redeemer.name);
  const { title } = found.offer;
  const honoredAt = resolvedAt ?? context.now;
  return { title, credits, personId, honoredAt, repeated: true, isLate: false };
}

/** When a code ends by the ledger (ms), whose time can be ahead of the city's. */
const codeEnd = ({ redemption, hold }: NonNullable<ReturnType<typeof findByCode>>): number =>
  Math.floor(hold.timeUs / US_PER_MS) + redemption.expiresAt - redemption.createdAt;
