import { personAccount, redeemedAccount } from '../../domain/ledger.ts';
import type { TransferRow } from '../../store/ledger.ts';
import type { Offer } from '../../store/offers.ts';
import type { Redemption } from '../../store/redemptions.ts';
import type { Context } from '../context.ts';
import { transferCredits, transferRef } from './transfer-credits.ts';

/**
 * Ends a hold, once: its credits are burned where an operator honored it, else they go back to
 * their holder. Answers the transfer that did it.
 */
export function endHold(
  context: Context,
  { redemption, offer }: { readonly redemption: Redemption; readonly offer: Offer },
  end: { readonly honoredBy: number } | 'released' | 'expired',
): TransferRow {
  const { tx, now } = context;
  const person = tx.people.get(redemption.personId);
  const redeemer = tx.partners.get(redemption.partnerId);
  if (person === undefined || redeemer === undefined) throw new Error('endHold: hold of nobody');
  const isHonored = typeof end === 'object';
  const code = isHonored ? 'burn' : 'release';
  const ended = transferCredits(context, {
    id: `${code}:${redemption.id}`,
    kind: isHonored ? 'post' : 'void',
    debit: personAccount(person.participantId),
    credit: redeemedAccount(redeemer.rkey),
    amount: redemption.credits,
    code,
    reference: null,
    resolves: redemption.holdId,
  });
  if (!ended.ok) throw new Error(`endHold: ${ended.refusal.code}`);
  const state = isHonored ? 'honored' : end;
  const honoredBy = isHonored ? end.honoredBy : null;
  if (!tx.redemptions.resolve(redemption.id, { state, resolvedAt: now, honoredBy })) {
    throw new Error('endHold: resolved before');
  }
  if (!isHonored && offer.perDay !== null) {
    tx.offers.giveBackDay(offer.id, redemption.day, offer.perDay);
  }
  return ended.value;
}

/**
 * Burns credits whose hold has ended: an operator honored the code in time, and the city got to it
 * after giving the credits back. Undefined where the holder has spent them since.
 */
export function burnAgain(
  context: Context,
  { redemption, offer }: { readonly redemption: Redemption; readonly offer: Offer },
  honoredBy: number,
): TransferRow | undefined {
  const { tx, now } = context;
  const person = tx.people.get(redemption.personId);
  const redeemer = tx.partners.get(redemption.partnerId);
  const hold = tx.ledger.transfer(redemption.holdId);
  if (person === undefined || redeemer === undefined || hold === undefined) {
    throw new Error('burnAgain: hold of nobody');
  }
  const burned = transferCredits(context, {
    id: `late-burn:${redemption.id}`,
    kind: 'posted',
    debit: personAccount(person.participantId),
    credit: redeemedAccount(redeemer.rkey),
    amount: redemption.credits,
    code: 'burn',
    reference: transferRef(context, hold),
  });
  if (!burned.ok) {
    if (burned.refusal.code === 'balance-short') return undefined;
    throw new Error(`burnAgain: ${burned.refusal.code}`);
  }
  if (!tx.redemptions.honorExpired(redemption.id, { resolvedAt: now, honoredBy })) {
    throw new Error('burnAgain: honored before');
  }
  // Somebody else may have had its place of that day meanwhile: there is one more.
  const { taken = 0 } = tx.offers.day(offer.id, redemption.day) ?? {};
  if (offer.perDay !== null) {
    tx.offers.takeDay(offer.id, redemption.day, Math.max(offer.perDay, taken + 1));
  }
  return burned.value;
}
