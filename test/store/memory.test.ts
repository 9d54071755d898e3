/** What the store keeps of seldom written tables is what is in them, whatever is undone. */
import { eq, sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import { memoryIn, WRITTEN_BY_TRIGGERS } from '../../src/store/memory.ts';
import { accounts, cursors, identities, persons, transfers } from '../../src/store/schema/index.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { runs } from '../support/runs.ts';
import { withStore } from '../support/store.ts';

const NAMES = ['one', 'two'] as const;
const IDS = [1, 2, 3] as const;

type Step =
  | { readonly kind: 'cursor'; readonly name: (typeof NAMES)[number]; readonly value: string }
  | { readonly kind: 'person' | 'language' | 'heard'; readonly at: number }
  | { readonly kind: 'transfer' | 'raw' | 'throw' };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ kind: 'transfer' } as const) },
  fc.record({
    kind: fc.constant('cursor' as const),
    name: fc.constantFrom(...NAMES),
    value: fc.constantFrom('a', 'b'),
  }),
  fc.record({
    kind: fc.constantFrom('person' as const, 'language' as const, 'heard' as const),
    at: fc.constantFrom(...IDS),
  }),
  fc.constantFrom({ kind: 'raw' } as const, { kind: 'throw' } as const),
);

/** Works of one transaction; one that throws undoes itself, or everything when it is not the only one. */
const works = fc.array(fc.array(step, { maxLength: 5 }), { minLength: 1, maxLength: 4 });

function take(tx: Tx, db: Database, one: Step): void {
  switch (one.kind) {
    case 'cursor':
      tx.cursors.put(one.name, one.value);
      return;
    case 'person': {
      const personId = tx.people.add({
        participantId: crypto.randomUUID(),
        language: 'en',
        createdAt: one.at,
      });
      tx.identities.add({
        ...{
          channel: 'sms',
          lookup: crypto.randomUUID(),
          keyId: 'k',
          ciphertext: new Uint8Array([1]),
        },
        ...{ personId, createdAt: one.at },
      });
      return;
    }
    case 'language':
      tx.people.setLanguage(one.at, 'es', true);
      return;
    case 'heard':
      tx.identities.setHeard(one.at, one.at, null);
      return;
    case 'transfer':
      append(tx);
      return;
    case 'raw':
      memoryIn(db).forgetAll();
      db.run(sql`update persons set language = 'en'`);
      return;
    case 'throw':
      throw new Error('undone');
  }
}

/** Adds a link to the chain, as whoever adds one: after the newest. */
function append(tx: Tx): void {
  const issuance =
    tx.ledger.account('issuance', 'CITY') ??
    tx.ledger.addAccount({ name: 'issuance', kind: 'issuance', creditKind: 'CITY' });
  const person =
    tx.ledger.account('person', 'CITY') ??
    tx.ledger.addAccount({ name: 'person', kind: 'person', creditKind: 'CITY' });
  const head = tx.ledger.head();
  const position = (head?.position ?? 0) + 1;
  tx.ledger.append({
    ...{ position, id: crypto.randomUUID(), kind: 'posted', amount: 1, resolves: null },
    ...{ debitAccountId: issuance.id, creditAccountId: person.id, code: 'issue' },
    ...{ reference: null, timeUs: (head?.timeUs ?? 0) + 1, previousCid: head?.cid ?? null },
    cid: `cid-${crypto.randomUUID()}`,
  });
}

/** Everything that is asked, as the store knows it, beside what is really there. */
function expectTrue(tx: Tx, db: Database): void {
  for (const name of NAMES) {
    const row = db.select().from(cursors).where(eq(cursors.name, name)).get();
    expect(tx.cursors.get(name)).toBe(row?.value);
  }
  for (const id of IDS) {
    expect(tx.people.get(id)).toEqual(db.select().from(persons).where(eq(persons.id, id)).get());
    const identity = db.select().from(identities).where(eq(identities.id, id)).get();
    expect(tx.identities.get(id)).toEqual(identity);
    expect(tx.identities.of(id)).toEqual(identity === undefined ? [] : [identity]);
  }
  for (const name of ['issuance', 'person']) {
    const account = db.select().from(accounts).where(eq(accounts.name, name)).get();
    expect(tx.ledger.account(name, 'CITY')).toEqual(account);
  }
  const head = db.select().from(transfers).orderBy(sql`position desc`).limit(1).get();
  expect(tx.ledger.head()).toEqual(
    head && { position: head.position, cid: head.cid, timeUs: head.timeUs },
  );
}

function run(store: Store, db: Database, group: readonly (readonly Step[])[]): void {
  store.transactEach(
    group.map((steps) => (tx: Tx) => {
      expectTrue(tx, db);
      for (const one of steps) {
        take(tx, db, one);
        expectTrue(tx, db);
      }
    }),
    (tx, outcomes) => {
      for (const outcome of outcomes) {
        if (!outcome.ok) expect(outcome.error).toEqual(new Error('undone'));
      }
      expectTrue(tx, db);
    },
  );
}

test('what is kept is what is there, whatever is written or undone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(works, { maxLength: 4 }), (groups) =>
      withStore((store, db) => {
        for (const group of groups) {
          run(store, db, group);
          expect(() =>
            store.transact((tx) => {
              for (const one of group.flat()) if (one.kind !== 'throw') take(tx, db, one);
              expectTrue(tx, db);
              throw new Error('all undone');
            }),
          ).toThrow('all undone');
          store.transact((tx) => expectTrue(tx, db));
        }
      }),
    ),
    { numRuns: runs(15, 40) },
  );
});

test('what triggers write is known', () =>
  withStore((_store, db) => {
    const triggers = db.all<{ on: string; text: string }>(
      sql`select tbl_name as "on", sql as text from sqlite_master where type = 'trigger'`,
    );
    const written = triggers.flatMap(({ on, text }) =>
      [...text.matchAll(/\b(?:update|insert into|delete from)\s+[`"]?(\w+)/gi)]
        .map(([, table = '']) => table)
        .filter((table) => table.toLowerCase() !== 'of' && table !== 'ON')
        .map((table) => `${on} ${table}`),
    );
    const known = Object.entries(WRITTEN_BY_TRIGGERS).flatMap(([on, tables]) =>
      tables.map((table) => `${on} ${table}`),
    );
    expect([...new Set(written)]).toEqual(known);
  }));

test('nobody can change what was found', () =>
  withStore((store) => {
    store.transact((tx) => {
      const id = tx.people.add({ participantId: 'p', language: 'en', createdAt: 1 });
      expect(Object.isFrozen(tx.people.get(id))).toBe(true);
      expect(Object.isFrozen(tx.identities.of(id))).toBe(true);
    });
  }));
