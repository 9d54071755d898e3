// What a check of the books costs, in statements and in rows: the same for ten and ten thousand.
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import { seedResidents } from '../../../bench/seed.ts';
import { type BooksTx, checkBooks } from '../../../src/records/books/check-books.ts';
import { transactionsOf } from '../../../src/store/open-node.ts';
import * as schema from '../../../src/store/schema/index.ts';
import { createStore } from '../../../src/store/store.ts';
import { TEST_NOW, testFoundation } from '../../support/city.ts';
import { standingClock } from '../../support/clock.ts';

/** So many rows a read may give, whatever there is. */
const ROWS_MAX = 1000;

/** The statements and the rows of a check when nothing is new since the last one. */
function costOf(transfers: number) {
  let statements = 0;
  let rows = 0;
  const client = new Sqlite(':memory:', { verbose: () => (statements += 1) });
  const db = drizzle(client, { schema });
  migrate(db, { migrationsFolder: 'migrations' });
  const store = createStore(db, transactionsOf(client));
  const foundation = testFoundation({ clock: standingClock(TEST_NOW) });
  seedResidents(store, foundation, { people: 10, transfers });
  const counted =
    <Args extends unknown[], Row>(read: (...args: Args) => Row[]) =>
    (...args: Args): Row[] => {
      const found = read(...args);
      rows += found.length;
      return found;
    };
  const check = () =>
    store.transact((tx) => {
      const { links, written, wrongBetween, wrongAmong, sums } = tx.books;
      const books: BooksTx['books'] = {
        ...tx.books,
        links: counted(links),
        written: counted(written),
        wrongBetween: counted(wrongBetween),
        wrongAmong: counted(wrongAmong),
        sums: counted(sums),
      };
      return checkBooks({ ...tx, books });
    });
  expect(check()).toEqual([]);
  statements = 0;
  rows = 0;
  expect(check()).toEqual([]);
  client.close();
  return { statements, rows };
}

test('a check is as many statements for ten transfers as for ten thousand, and few rows', () => {
  const [few, many] = [costOf(10), costOf(10_000)];
  expect(many.statements).toBe(few.statements);
  expect(few.rows).toBeLessThan(ROWS_MAX);
  expect(many.rows).toBeLessThan(ROWS_MAX);
});
