import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { withStore } from '../support/store.ts';

const withTransfer = (work: (run: (statement: string) => void) => void) =>
  withStore((store, db) => {
    store.transact((tx) => {
      const debit = tx.ledger.addAccount({
        name: 'issuance:x',
        kind: 'issuance',
        creditKind: 'CITY',
      });
      const credit = tx.ledger.addAccount({ name: 'person:y', kind: 'person', creditKind: 'CITY' });
      tx.ledger.append({
        position: 1,
        id: 'a',
        kind: 'posted',
        debitAccountId: debit.id,
        creditAccountId: credit.id,
        amount: 5,
        resolves: null,
        code: 'issue',
        reference: null,
        timeUs: 1,
        cid: 'bafyreia',
        previousCid: null,
      });
    });
    work((statement) => db.run(sql.raw(statement)));
    expect(store.read.ledger.transfer('a')?.amount).toBe(5);
    expect(store.read.ledger.account('person:y', 'CITY')?.creditsPosted).toBe(5);
  });

test.each([
  ['changing a transfer', 'update transfers set amount = 6'],
  ['deleting a transfer', 'delete from transfers'],
  ['deleting an account', 'delete from accounts'],
  ['renaming an account', "update accounts set name = 'person:z'"],
  ['taking a person below zero', "update accounts set debits_posted = 6 where kind = 'person'"],
  ['a text where a number belongs', "update accounts set debits_posted = 'many'"],
])('the database refuses %s', (_name, statement) =>
  withTransfer((run) => {
    expect(() => run(statement)).toThrow();
  }),
);

test('every table is strict', () =>
  withStore((_store, db) => {
    const tables = db.all<{ name: string; strict: number }>(
      sql`select name, strict from pragma_table_list where schema = 'main' and type = 'table'`,
    );
    const ours = tables.filter(({ name }) => !/^(sqlite_|_)/.test(name));
    expect(ours.length).toBeGreaterThan(20);
    expect(ours.filter(({ strict }) => strict === 0)).toEqual([]);
  }));
