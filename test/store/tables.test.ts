import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withDatabase } from '#test-store';
import type { Database } from '../../src/store/database.ts';
import {
  fillTable,
  isEmptyDatabase,
  type ReadPage,
  readTable,
  shapeVersion,
  type TablePage,
  tablesIn,
} from '../../src/store/tables.ts';
import { withEventfulCity } from '../support/eventful-city.ts';
import { databaseOf } from '../support/store.ts';

/** Everything that a database has, in pages of so many rows. */
function pagesOf(db: Database, rowsMax: number): readonly TablePage[] {
  return tablesIn(db).flatMap(({ name }) => {
    const pages: TablePage[] = [];
    let after: NonNullable<ReadPage['next']> | undefined;
    for (;;) {
      const { next, ...page } = readTable(db, name, { after, rowsMax });
      if (next === null) return pages;
      after = next;
      pages.push(page);
    }
  });
}

async function pagesOfCity(rowsMax: number): Promise<readonly TablePage[]> {
  let pages: readonly TablePage[] = [];
  await withEventfulCity(async ({ store }) => {
    const db = databaseOf(store);
    pages = pagesOf(db, rowsMax);
    expect(pages.flatMap(({ rows }) => rows)).toHaveLength(
      tablesIn(db).reduce((sum, { rows }) => sum + rows, 0),
    );
  });
  return pages;
}

test.each([1, 3, 1000])(
  'a database filled with pages of %d rows is the one that they were read from',
  async (rowsMax) => {
    const pages = await pagesOfCity(rowsMax);
    const filled = new Set(pages.map(({ table }) => table));
    expect([...filled]).toEqual(
      expect.arrayContaining(['accounts', 'transfers', 'identities', 'records', 'reviews']),
    );
    await withDatabase((db) => {
      expect(isEmptyDatabase(db)).toBe(true);
      for (const page of pages) fillTable(db, page);
      expect(isEmptyDatabase(db)).toBe(false);
      expect(pagesOf(db, rowsMax)).toEqual(pages);
      expect(db.all(sql`pragma foreign_key_check`)).toEqual([]);
      expect(shapeVersion(db)).toBeGreaterThan(Date.UTC(2026, 0, 1));
    });
  },
);

test('a transfer that is not the next link of the chain is refused, with all of its page', async () => {
  const pages = await pagesOfCity(1000);
  await withDatabase((db) => {
    for (const page of pages) {
      if (page.table !== 'transfers') {
        fillTable(db, page);
        continue;
      }
      expect(() => fillTable(db, { ...page, rows: page.rows.toReversed() })).toThrow();
      expect(readTable(db, 'transfers', { rowsMax: 1 }).rows).toEqual([]);
      return;
    }
  });
});

test('balances that the transfers do not add up to are others afterwards', async () => {
  const pages = await pagesOfCity(1000);
  const accounts = pages.find(({ table }) => table === 'accounts')?.rows ?? [];
  const wrong = accounts.map((row) => ({
    ...row,
    credits_posted: Number(row['credits_posted']) + 1,
  }));
  await withDatabase((db) => {
    for (const page of pages) {
      fillTable(db, page.table === 'accounts' ? { ...page, rows: wrong } : page);
    }
    expect(readTable(db, 'accounts', { rowsMax: 1000 }).rows).toEqual(accounts);
  });
});

test.each(['nowhere', '__drizzle_migrations', 'sqlite_master', 'persons; drop table persons'])(
  'the table %s is none of a city',
  (table) =>
    withDatabase((db) => {
      expect(() => readTable(db, table, { rowsMax: 1 })).toThrow('no such table');
      expect(() => fillTable(db, { table, rows: [{ id: 1 }] })).toThrow('no such table');
    }),
);
