import { CITY_CREDITS } from '../../domain/city.ts';
import { personAccount } from '../../domain/ledger.ts';
import { US_PER_MS } from '../../lib/clock.ts';
import { isPlaceholder } from '../../lib/placeholder-did.ts';
import type { Context } from '../context.ts';
import { transferRef } from './transfer-credits.ts';

/**
 * The newest moves of a person's credits, newest first, each with its public record once there are
 * such; `at` is in ms.
 */
export function seeHistory(context: Context, participantId: string, limit: number) {
  const { ledger } = context.tx;
  const account = ledger.account(personAccount(participantId).name, CITY_CREDITS);
  if (account === undefined) return [];
  return ledger.history(account.id, limit).map((transfer) => ({
    code: transfer.code,
    credits: transfer.amount,
    isTaken: transfer.debitAccountId === account.id,
    at: Math.floor(transfer.timeUs / US_PER_MS),
    uri: isPlaceholder(context.did) ? undefined : transferRef(context, transfer).uri,
  }));
}
