import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Database } from '../../src/store/database.ts';
import type { Store } from '../../src/store/store.ts';
import { withStore } from '../support/store.ts';

const PEOPLE = 3;

function addPeople(store: Store): void {
  store.transact((tx) => {
    for (let n = 1; n <= PEOPLE; n += 1) {
      const personId = tx.people.add({ participantId: `p-${n}`, language: 'en', createdAt: 1 });
      const facts = { channel: 'sms', lookup: `${n}`, keyId: 'k', ciphertext: new Uint8Array([n]) };
      tx.identities.add({ ...facts, personId, createdAt: 1 });
    }
  });
}

const put = (store: Store, externalId: string, identityId: number) =>
  store.transact((tx) =>
    tx.inbox.put({
      channel: 'sms',
      externalId,
      identityId,
      payload: { text: 'HI', replyTo: null, pictures: 0 },
      receivedAt: 1,
    }),
  );

/** What a test says that waits: the messages of each identity, in order. */
type Model = Map<number, number[]>;

const step = fc.oneof(
  fc.record({ kind: fc.constant('put' as const), who: fc.integer({ min: 1, max: PEOPLE }) }),
  // Any that waits may come to its end: opting out overtakes what waits before it.
  fc.record({
    kind: fc.constantFrom('done', 'parked', 'retried'),
    pick: fc.nat(),
    many: fc.integer({ min: 1, max: 3 }),
  }),
);

test('the first that waits of each identity is found, whatever becomes of the others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), (steps) =>
      withStore((store) => {
        addPeople(store);
        const model: Model = new Map();
        for (const [at, one] of steps.entries()) {
          if ('who' in one) {
            const own = model.get(one.who) ?? [];
            const stored = put(store, `m${at}`, one.who);
            expect(stored?.isBehind).toBe(own.length > 0);
            model.set(one.who, [...own, stored?.id ?? 0]);
            continue;
          }
          const waiting = [...model.values()].flat();
          if (waiting.length === 0) continue;
          const start = one.pick % waiting.length;
          const ids = waiting.slice(start, start + (one.kind === 'done' ? one.many : 1));
          store.transact((tx) => {
            if (one.kind === 'done') tx.inbox.markDone(ids, 2);
            else {
              const state = one.kind === 'parked' ? 'parked' : 'received';
              tx.inbox.markFailed(ids[0] ?? 0, { state, error: 'x', retryAt: 0 });
            }
          });
          if (one.kind === 'retried') continue;
          for (const [who, own] of model) {
            model.set(
              who,
              own.filter((id) => !ids.includes(id)),
            );
          }
        }
        const heads = [...model.values()]
          .flatMap(([first]) => first ?? [])
          .toSorted((a, b) => a - b);
        expect(store.read.inbox.waiting(0, 100).map(({ id }) => id)).toEqual(heads);
      }),
    ),
    { numRuns: 60 },
  );
});

const planOf = (db: Database, text: string): string =>
  db
    .all<{ detail: string }>(sql.raw(`explain query plan ${text}`))
    .map(({ detail }) => detail)
    .join('\n');

test('a look goes through the first of each alone, however much one sender piles up', () =>
  withStore((store, db) => {
    addPeople(store);
    store.transact((tx) => {
      for (let at = 0; at < 5000; at += 1) {
        tx.inbox.put({
          channel: 'sms',
          externalId: `flood-${at}`,
          identityId: 1,
          payload: { text: 'HI', replyTo: null, pictures: 0 },
          receivedAt: 1,
        });
      }
    });
    put(store, 'other', 2);
    expect(store.read.inbox.waiting(0, 10).map(({ externalId }) => externalId)).toEqual([
      'flood-0',
      'other',
    ]);
    // So many entries has the index that the look walks along.
    expect(
      db.get(sql`select count(*) as n from inbox where state = 'received' and head = 1`),
    ).toEqual({ n: 2 });
    expect(
      planOf(
        db,
        `select id from inbox where state = 'received' and head = 1 and id > 0 order by id limit 10`,
      ),
    ).toMatch(/USING (COVERING )?INDEX inbox_heads/);
    expect(store.read.inbox.waitingOf(1, 201)).toBe(201);
  }));
