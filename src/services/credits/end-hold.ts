import { personAccount, redeemedAccount } from '../../domain/ledger.ts';
import type { Offer } from '../../store/offers.ts';
import type { Redemption } from '../../store/redemptions.ts';
import type { Context } from '../context.ts';
import { transferCredits } from './transfer-credits.ts';

/** Ends a hold and gives the credits back to their holder. */
export function endHold(
  context: Context,
  { redemption, offer }: { readonly redemption: Redemption; readonly offer: Offer },
  state: 'released' | 'expired',
): void {
  const { tx, now } = context;
  const person = tx.people.get(redemption.personId);
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
  if (!tx.redemptions.resolve(redemption.id, { state, resolvedAt: now, honoredBy: null })) {
    throw new Error('endHold: resolved before');
  }
  if (offer.perDay !== null) tx.offers.giveBackDay(offer.id, redemption.day);
}
