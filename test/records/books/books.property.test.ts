// Whatever people do, the check of what is new agrees with the check of the whole; and whatever is
// changed behind their backs is found.
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BookFault } from '../../../src/domain/books.ts';
import { checkBooks } from '../../../src/records/books/check-books.ts';
import { createWholeCheck } from '../../../src/records/books/check-whole.ts';
import type { Database } from '../../../src/store/database.ts';
import { TEST_CITY, type TestCity, unlimited, withCity } from '../../support/city.ts';
import { act, deeds, openWorld } from '../../support/deeds.ts';
import { runs } from '../../support/runs.ts';
import { databaseOf } from '../../support/store.ts';

const TRIGGERS = [
  ...['transfers_not_updated', 'transfers_not_deleted', 'transfers_chained', 'transfers_applied'],
];
const BALANCES = ['debits_posted', 'debits_pending', 'credits_posted', 'credits_pending'] as const;

const some = fc.nat(1000);
const meddling = fc.oneof(
  fc.record({
    what: fc.constant('balance' as const),
    some,
    column: fc.constantFrom(...BALANCES),
    by: fc.integer({ min: 1, max: 50 }),
  }),
  fc.record({ what: fc.constant('remove' as const), some }),
  fc.record({
    what: fc.constant('change' as const),
    some,
    set: fc.constantFrom(
      'amount = amount + 1',
      'debit_account_id = credit_account_id, credit_account_id = debit_account_id',
      `code = iif(code = 'issue', 'adjust', 'issue')`,
      'time_us = time_us + 1',
      `cid = cid || 'x'`,
      `previous_cid = coalesce(previous_cid, '') || 'x'`,
    ),
  }),
);
type Meddling = typeof meddling extends fc.Arbitrary<infer T> ? T : never;

function meddle(db: Database, one: Meddling): void {
  for (const trigger of TRIGGERS) db.run(sql.raw(`drop trigger ${trigger}`));
  db.run(sql`pragma ignore_check_constraints = on`);
  const table = one.what === 'balance' ? 'accounts' : 'transfers';
  const rows = db.all<{ id: number }>(sql.raw(`select rowid as id from ${table} order by rowid`));
  const id = rows[one.some % rows.length]?.id ?? 0;
  if (one.what === 'remove') db.run(sql.raw(`delete from transfers where rowid = ${id}`));
  else {
    const set = one.what === 'change' ? one.set : `${one.column} = ${one.column} + ${one.by}`;
    db.run(sql.raw(`update ${table} set ${set} where rowid = ${id}`));
  }
  db.run(sql`pragma ignore_check_constraints = off`);
}

const news = ({ store }: TestCity): readonly BookFault[] => store.transact((tx) => checkBooks(tx));

function whole({ store }: TestCity, step = 3): readonly BookFault[] {
  const check = createWholeCheck();
  for (;;) {
    const faults = check.step(store.read, step);
    if (faults !== undefined) return faults;
  }
}

const inCity = (run: (city: TestCity) => void): Promise<void> =>
  withCity(run, { cap: 500, city: unlimited(TEST_CITY) });

test('an honest ledger agrees, however often and in whatever steps it is checked', () =>
  fc.assert(
    fc.asyncProperty(deeds, fc.integer({ min: 1, max: 20 }), (all, every) =>
      inCity((city) => {
        const world = openWorld(city);
        for (const [at, deed] of all.entries()) {
          act(world, deed);
          if (at % every === 0) expect(news(city)).toEqual([]);
        }
        expect(news(city)).toEqual([]);
        expect(whole(city)).toEqual([]);
      }),
    ),
    { numRuns: runs(5, 15) },
  ));

test('one change behind the back of the city is found, by both', async () => {
  let moved = 0;
  await fc.assert(
    fc.asyncProperty(deeds, meddling, fc.boolean(), (all, one, wasChecked) =>
      inCity((city) => {
        const world = openWorld(city);
        for (const deed of all) act(world, deed);
        const { position = 0 } = city.store.read.ledger.head() ?? {};
        if (position === 0) return;
        moved += 1;
        if (wasChecked) expect(news(city)).toEqual([]);
        meddle(databaseOf(city.store), one);
        expect(news(city)).not.toEqual([]);
        expect(whole(city)).not.toEqual([]);
      }),
    ),
    { numRuns: runs(8, 30) },
  );
  expect(moved).toBeGreaterThan(runs(2, 10));
});
