/** What is handed to a lane is what is on disk, whatever else of the same transaction is undone. */
import { expect, test } from 'vitest';
import type { DueDelivery } from '../../src/store/outbox.ts';
import type { Store, Tx } from '../../src/store/store.ts';
import { withStore } from '../support/store.ts';

/** A lane with room for so many rows; what it was handed. */
function lane(store: Store, rows: number): DueDelivery[] {
  const handed: DueDelivery[] = [];
  store.handTo('sms', {
    room: () => ({ rows, each: 16, until: 1000 }),
    take: (taken) => void handed.push(...taken),
  });
  return handed;
}

function addressIn(tx: Tx, lookup: string): number {
  const personId = tx.people.add({ participantId: lookup, language: 'en', createdAt: 1 });
  const sealed = { keyId: 'k', ciphertext: new Uint8Array([1]) };
  return tx.identities.add({ channel: 'sms', lookup, ...sealed, personId, createdAt: 1 });
}

const add = (tx: Tx, identityId: number, text: string, notBefore = 1): void =>
  tx.outbox.add({
    ...{ channel: 'sms', identityId, kind: 'reply', notBefore, createdAt: 1 },
    body: { text, choices: [], pictures: [] },
  });

const texts = (rows: readonly DueDelivery[]) => rows.map(({ body }) => body.text);
const waiting = (store: Store) =>
  store.read.outbox.due({ channel: 'sms', now: 5000, each: 16 }, 100).rows;

test('what one work added is handed over where another of the same commit is undone', () =>
  withStore(async (store) => {
    const handed = lane(store, 10);
    const ana = store.transact((tx) => addressIn(tx, 'ana'));
    await Promise.all([
      store.commit((tx) => add(tx, ana, 'yours')),
      store.commit(
        () =>
          store.transactEach(
            [
              () => {
                throw new Error('undone');
              },
            ],
            () => undefined,
          ),
        'last',
      ),
    ]);
    expect(texts(handed)).toEqual(['yours']);
  }));

test('nothing of what is undone is handed over', () =>
  withStore((store) => {
    const handed = lane(store, 10);
    const ana = store.transact((tx) => addressIn(tx, 'ana'));
    expect(() =>
      store.transact((tx) => {
        add(tx, ana, 'never');
        throw new Error('undone');
      }),
    ).toThrow('undone');
    expect(handed).toEqual([]);
    store.transact((tx) => add(tx, ana, 'later'));
    expect(texts(handed)).toEqual(['later']);
  }));

test('a lane gets no more than it has room for, and what is for later waits', () =>
  withStore((store) => {
    const handed = lane(store, 2);
    store.transact((tx) => {
      for (const name of ['ana', 'ben', 'eva']) add(tx, addressIn(tx, name), name);
      add(tx, addressIn(tx, 'ida'), 'tomorrow', 2000);
    });
    expect(texts(handed)).toEqual(['ana', 'ben']);
    expect(texts(waiting(store))).toEqual(['eva', 'tomorrow']);
  }));

test('what is behind something of the same recipient waits for it', () =>
  withStore((store) => {
    const handed = lane(store, 10);
    const ana = store.transact((tx) => addressIn(tx, 'ana'));
    store.transact((tx) => add(tx, ana, 'first'));
    store.transact((tx) => add(tx, ana, 'second'));
    expect(texts(handed)).toEqual(['first']);
  }));
