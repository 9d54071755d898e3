import { CITY_CREDITS } from '../../domain/city.ts';
import { available, held, personAccount } from '../../domain/ledger.ts';
import { isPlaceholder } from '../../lib/placeholder-did.ts';
import type { Context } from '../context.ts';
import { transferRef } from './transfer-credits.ts';

/** A person's credits: what can be spent, and what is held against codes. */
export function seeBalance(
  context: Context,
  participantId: string,
): { readonly available: number; readonly held: number } {
  const account = context.tx.ledger.account(personAccount(participantId).name, CITY_CREDITS);
  return account === undefined
    ? { available: 0, held: 0 }
    : { available: available(account), held: held(account) };
}

/** The newest moves of a person's credits, newest first, each with its public record once there are such. */
export function seeHistory(context: Context, participantId: string, limit: number) {
  const account = context.tx.ledger.account(personAccount(participantId).name, CITY_CREDITS);
  if (account === undefined) return [];
  return context.tx.ledger.history(account.id, limit).map((transfer) => ({
    code: transfer.code,
    credits: transfer.amount,
    at: Math.floor(transfer.timeUs / 1000),
    uri: isPlaceholder(context.did) ? undefined : transferRef(context, transfer).uri,
  }));
}
