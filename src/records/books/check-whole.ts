/** Checks all of the books, from the first link: in steps, since a large ledger takes a while. */
import {
  areSameBalances,
  type BookFault,
  balanceFault,
  CHAIN_START,
  createReckoning,
  type Reckoning,
  sumFault,
} from '../../domain/books.ts';
import { type BooksReads, checkHead, takeLinks } from './take-links.ts';

export type WholeCheck = ReturnType<typeof createWholeCheck>;

/** `step` looks at `limit` links and answers what does not agree, once it is at the end. */
export function createWholeCheck() {
  const reckoning = createReckoning(CHAIN_START);
  return {
    step: (reads: BooksReads, limit: number): readonly BookFault[] | undefined => {
      if (takeLinks(reads, reckoning, limit)) return undefined;
      checkHead(reads, reckoning);
      return [...reckoning.faults, ...wrongBalances(reads, reckoning), ...wrongSums(reckoning)];
    },
    /** What the chain adds up to, once it is at the end. */
    reckoning,
  };
}

/** Every account whose stored balance is not what all of its links add up to. */
function wrongBalances({ books }: BooksReads, { balances }: Reckoning): readonly BookFault[] {
  const accounts = books.accounts();
  const known = new Set(accounts.map(({ id }) => id));
  const gone = [...balances.keys()].filter((id) => !known.has(id));
  return [
    ...accounts.flatMap((account) => {
      const chain = balances.get(account.id);
      return areSameBalances(account, chain) ? [] : [balanceFault(account, account, chain)];
    }),
    ...gone.map((id) => ({ sentence: `Account ${id} is missing: it has transfers.` })),
  ];
}

const wrongSums = ({ sums }: Reckoning): readonly BookFault[] =>
  [...sums].flatMap(([creditKind, sum]) => sumFault(creditKind, sum) ?? []);
