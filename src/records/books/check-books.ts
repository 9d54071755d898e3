/**
 * Checks the books at a cost that does not grow with the ledger: what is new since the last check,
 * and the next few of the accounts and of the older links, so that all of them have their turn.
 */
import {
  type BookFault,
  balanceFault,
  CHAIN_START,
  createReckoning,
  type Reckoning,
  sumFault,
} from '../../domain/books.ts';
import type { BooksRow } from '../../store/books.ts';
import type { Tx } from '../../store/store.ts';
import { checkHead, takeLinks } from './take-links.ts';

export type BooksTx = Pick<Tx, 'books' | 'ledger' | 'records'>;

/** A reading of links: many in a minute are new where a database is new. */
const LINKS_A_READ = 1000;
/** So many older links are compared with their public records in a check. */
const LINKS_AGAIN = 200;
/** So many accounts are compared with the chain in a check. */
const ACCOUNTS_AGAIN = 10_000;
const FAULTS_MAX = 100;

const UNCHECKED: BooksRow = {
  ...{ position: 0, cid: null, timeUs: 0, accountsSeen: 0, linksSeen: 0 },
  ...{ fault: null, faultAt: null, isTold: false },
};

/** How far the check is. */
export const booksState = ({ books }: Pick<Tx, 'books'>): BooksRow => {
  const { id: _, ...state } = books.state() ?? { id: 1, ...UNCHECKED };
  return state;
};

/** Takes in what is new, and answers what does not agree. Nothing is stopped by it yet. */
export function checkBooks(tx: BooksTx): readonly BookFault[] {
  const state = booksState(tx);
  const news = createReckoning({ ...state });
  while (takeLinks(tx, news, LINKS_A_READ));
  checkHead(tx, news);
  keep(tx, news);
  const again = linksAgain(tx, state);
  const accounts = accountsAgain(tx, state, [...news.balances.keys()]);
  const { cid = null, ...end } = news.end();
  tx.books.put({ ...state, ...end, cid, linksSeen: again.seen, accountsSeen: accounts.seen });
  return [...news.faults, ...again.faults, ...accounts.faults, ...wrongSums(tx)];
}

/** Adds what a reckoning found to what is kept. */
export function keep(
  { books }: BooksTx,
  { balances, sums }: Pick<Reckoning, 'balances' | 'sums'>,
): void {
  books.add(
    [...balances],
    [...sums].map(([creditKind, sum]) => ({ creditKind, ...sum })),
  );
}

/** Compares the next of the older links with their public records. */
function linksAgain(tx: BooksTx, { linksSeen }: BooksRow) {
  const start = linksSeen === 0 ? CHAIN_START : { position: linksSeen, cid: undefined, timeUs: 0 };
  const reckoning = createReckoning(start);
  const goesOn = takeLinks(tx, reckoning, LINKS_AGAIN);
  return { faults: reckoning.faults, seen: goesOn ? reckoning.end().position : 0 };
}

/** Compares accounts with the chain: those that new links touched, and the next ones. */
function accountsAgain({ books }: BooksTx, { accountsSeen }: BooksRow, touched: readonly number[]) {
  const upTo = accountsSeen + ACCOUNTS_AGAIN;
  const wrong = new Map(
    [
      ...books.wrongAmong(touched, FAULTS_MAX),
      ...books.wrongBetween(accountsSeen, upTo, FAULTS_MAX),
    ].map((row) => [`${row.name} ${row.creditKind}`, row]),
  );
  return {
    faults: [...wrong.values()].map((row) => balanceFault(row, row.stored, row.chain)),
    seen: upTo < (books.lastAccount() ?? 0) ? upTo : 0,
  };
}

const wrongSums = ({ books }: BooksTx): readonly BookFault[] =>
  books.sums().flatMap(({ creditKind, ...sums }) => sumFault(creditKind, sums) ?? []);
