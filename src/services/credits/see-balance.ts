import { CITY_CREDITS } from '../../domain/city.ts';
import { available, held, personAccount } from '../../domain/ledger.ts';
import type { Context } from '../context.ts';

/** A person's credits: how many can be spent, and how many are held against codes. */
export function seeBalance({ tx }: Context, participantId: string) {
  const account = tx.ledger.account(personAccount(participantId).name, CITY_CREDITS);
  return account === undefined
    ? { available: 0, held: 0 }
    : { available: available(account), held: held(account) };
}
