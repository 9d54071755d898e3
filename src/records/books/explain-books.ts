/** Finds the first transfer that explains each wrong balance. */
import {
  type BookFault,
  changesOf,
  difference,
  isChange,
  type WrongBalance,
} from '../../domain/books.ts';
import type { TransferKind } from '../../domain/ledger.ts';
import { COLLECTIONS } from '../kinds/index.ts';
import type { BooksReads } from './take-links.ts';

const RECORDS_A_READ = 1000;

export type Explained = WrongBalance & { readonly explanation: string };

/** A transfer as its public record has it. */
type Told = {
  readonly position: number;
  readonly kind: TransferKind;
  readonly code: string;
  readonly debit: string;
  readonly credit: string;
  readonly creditKind: string;
  readonly amount: number;
};

/**
 * The wrong balances among faults, each with the first transfer that explains it: one that is broken
 * and is of that account, else one that makes just the difference.
 */
export function explainBalances(
  reads: BooksReads,
  faults: readonly BookFault[],
): readonly Explained[] {
  const wrong = faults.flatMap(({ balance }) => (balance === undefined ? [] : [search(balance)]));
  const broken = faults.filter(({ position }) => position !== undefined);
  for (const fault of broken) {
    for (const one of wrong) {
      if (fault.accounts?.includes(one.balance.account)) one.blame(fault);
    }
  }
  for (const told of wrong.length === 0 ? [] : toldTransfers(reads)) {
    const fault = broken.find(
      ({ position = 0, upTo = position }) => position <= told.position && told.position <= upTo,
    );
    for (const one of wrong) one.look(told, fault);
  }
  return wrong.map(({ balance, explanation }) => ({ ...balance, explanation: explanation() }));
}

/** Looks for what explains one balance; the transfers come in the order of the chain. */
function search(balance: WrongBalance) {
  const { account, creditKind, stored, chain } = balance;
  const change = difference(stored, chain);
  let broken: BookFault | undefined;
  let alike: string | undefined;
  const blame = (fault: BookFault): void => {
    if (broken === undefined || (fault.position ?? 0) < (broken.position ?? 0)) broken = fault;
  };
  return {
    balance,
    blame,
    look: (told: Told, fault: BookFault | undefined): void => {
      if (told.creditKind !== creditKind) return;
      const moves = changesOf(told);
      const move = told.debit === account ? moves.debit : moves.credit;
      if (told.debit !== account && told.credit !== account) return;
      if (fault !== undefined) blame(fault);
      const name = `#${told.position} (${told.code} of ${told.amount})`;
      if (isChange(change, move, 1)) alike ??= `as if ${name} had counted once more`;
      else if (isChange(change, move, -1)) alike ??= `as if ${name} had not counted`;
    },
    explanation: (): string =>
      broken?.sentence ?? alike ?? 'no one transfer: the stored balance was changed by itself',
  };
}

/** The transfers as the public record has them, in the order of the chain. */
function* toldTransfers({ records }: BooksReads): Generator<Told> {
  let after = '';
  for (;;) {
    const page = records.allAsOf(
      COLLECTIONS.transfer,
      Number.MAX_SAFE_INTEGER,
      after,
      RECORDS_A_READ,
    );
    for (const { value } of page) yield JSON.parse(value);
    after = page.at(-1)?.rkey ?? '';
    if (page.length < RECORDS_A_READ) return;
  }
}
