/** What a look at the inbox costs while many messages of one sender wait in it. */
import { createSearched, findReady } from '../src/inbox/ready.ts';
import { openStore } from '../src/store/open-node.ts';

const LOOKS = 2000;
const PAYLOAD = { text: 'HI', replyTo: null, pictures: 0 } as const;

/** Microseconds a look, with so many of one sender and one of another waiting. */
export function measureLooks(waiting: number): number {
  const { store, close } = openStore(':memory:');
  store.transact((tx) => {
    for (const n of [1, 2]) {
      const personId = tx.people.add({ participantId: `p-${n}`, language: 'en', createdAt: 1 });
      const sealed = { lookup: `${n}`, keyId: 'k', ciphertext: new Uint8Array([n]) };
      tx.identities.add({ channel: 'sms', ...sealed, personId, createdAt: 1 });
    }
    const message = { channel: 'sms', payload: PAYLOAD, receivedAt: 1 } as const;
    for (let at = 0; at < waiting; at += 1) {
      tx.inbox.add({ ...message, externalId: `one-${at}`, identityId: 1 });
    }
    tx.inbox.add({ ...message, externalId: 'other', identityId: 2 });
  });
  const search = { store, reader: { legalWord: () => null }, before: createSearched() };
  const look = () => findReady(search, 2);
  // The first ones are slower everywhere.
  for (let at = 0; at < LOOKS / 10; at += 1) look();
  const startedAt = performance.now();
  for (let at = 0; at < LOOKS; at += 1) look();
  const us = ((performance.now() - startedAt) * 1000) / LOOKS;
  close();
  return us;
}
