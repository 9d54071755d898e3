/** `npm run books`: checks all of the books, and mends stored balances. */
import { ConfigError } from '../config/config.ts';
import { type BookFault, inWords } from '../domain/books.ts';
import { createWholeCheck } from '../records/books/check-whole.ts';
import { type Explained, explainBalances } from '../records/books/explain-books.ts';
import type { BooksReads } from '../records/books/take-links.ts';
import { booksReads } from '../store/books.ts';
import type { Database } from '../store/database.ts';
import { ledgerReads } from '../store/ledger.ts';
import { recordsReads } from '../store/records.ts';
import type { Tx } from '../store/store.ts';
import type { Tool } from './tool.ts';

const usage = `npm run books                names every wrong balance, while the city runs
  --check            says only whether the books agree
npm run books -- --mend      sets stored balances to what the transfers add up to; stop the city first`;

const LINKS_A_STEP = 10_000;
const WIDTHS = [26, 8, 44, 44];

/** Checks all of the books. */
function wholeCheck(reads: BooksReads) {
  const check = createWholeCheck();
  for (;;) {
    const faults = check.step(reads, LINKS_A_STEP);
    if (faults !== undefined) return { ...check.reckoning, faults };
  }
}

type Whole = ReturnType<typeof wholeCheck>;

const line = (...cells: readonly string[]): string =>
  `${cells
    .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 0))
    .join(' ')
    .trimEnd()}\n`;

const isOther = ({ balance }: BookFault): boolean => balance === undefined;

/** The whole report, with a line for each wrong balance and for all else that is wrong. */
function reportOf({ faults, sums, end }: Whole, explained: readonly Explained[]): string {
  const others = faults.filter(isOther);
  return [
    ...[...sums].map(
      ([creditKind, { issued, adjusted, people, held, burned, expired }]) =>
        `${creditKind}: ${issued} issued, ${adjusted} adjusted = ${people - held} available + ${held} held + ${burned} burned + ${expired} expired\n`,
    ),
    ...(explained.length === 0
      ? []
      : ['\n', line('account', 'credits', 'stored', 'by its transfers', 'explained by')]),
    ...explained.map(({ account, creditKind, stored, chain, explanation }) =>
      line(account, creditKind, inWords(stored), inWords(chain), explanation),
    ),
    ...(others.length === 0 ? [] : ['\n', ...others.map(({ sentence }) => `${sentence}\n`)]),
    '\n',
    verdict(faults, end().position),
  ].join('');
}

const verdict = (faults: readonly BookFault[], transfers: number): string =>
  faults.length === 0
    ? `The books agree (${transfers} transfers).\n`
    : `The books do not agree: ${faults.length} faults (${transfers} transfers). See "The books" in docs/operations.md.\n`;

const bookReads = (db: Database) => ({
  books: booksReads(db),
  ledger: ledgerReads(db),
  records: recordsReads(db),
});

function mendBalances(tx: Tx): readonly string[] {
  const { faults } = wholeCheck(tx);
  const other = faults.find(isOther);
  if (other !== undefined) {
    throw new ConfigError(
      `Nothing was changed, since the transfers themselves are wrong: ${other.sentence} Bring the database back as docs/operations.md says under "The books".`,
    );
  }
  const wrong = new Map(
    faults.flatMap(({ balance }) =>
      balance === undefined ? [] : [[`${balance.account} ${balance.creditKind}`, balance] as const],
    ),
  );
  const mended = tx.books.accounts().flatMap(({ id, name, creditKind }) => {
    const balance = wrong.get(`${name} ${creditKind}`);
    return balance === undefined ? [] : [{ id, ...balance }];
  });
  tx.books.mend(mended.map(({ id, chain }) => [id, chain]));
  return mended.map(
    ({ account, creditKind, stored, chain }) =>
      `${account} had ${inWords(stored)} ${creditKind}, and has ${inWords(chain)}.\n`,
  );
}

export const books: Tool = {
  name: 'books',
  usage,
  options: { check: { type: 'boolean' }, mend: { type: 'boolean' } },
  *run({ values: { check, mend }, positionals }, { alone, read }) {
    if (positionals.length > 0 || (check && mend)) throw new ConfigError(usage);
    if (mend) {
      const lines = alone(mendBalances);
      yield lines.length === 0 ? 'No stored balance was wrong.\n' : lines.join('');
      return 'right';
    }
    const reads = bookReads(read());
    const whole = wholeCheck(reads);
    const { faults, end } = whole;
    yield check ? verdict(faults, end().position) : reportOf(whole, explainBalances(reads, faults));
    return faults.length === 0 ? 'right' : 'wrong';
  },
};
