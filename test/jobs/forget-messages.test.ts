import { sql } from 'drizzle-orm';
import { expect, test } from 'vitest';
import { forgetMessagesJob } from '../../src/jobs/forget-messages.ts';
import { DAY_MS } from '../../src/lib/clock.ts';
import { contextOf } from '../../src/services/context.ts';
import type { Database } from '../../src/store/database.ts';
import { smsUse } from '../../src/store/sms-report.ts';
import type { Store } from '../../src/store/store.ts';
import { TEST_NOW, testFoundation } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { withStore } from '../support/store.ts';

const OLD = TEST_NOW - 90 * DAY_MS - 1;

type Row = { readonly at?: number; readonly segments?: number };

/** A person whose messages came and went: message n is answered by delivery n. */
function open(store: Store, db: Database) {
  const clock = standingClock(TEST_NOW);
  const foundation = testFoundation({ clock });
  const job = forgetMessagesJob();
  let count = 0;
  store.transact((tx) => {
    const personId = tx.people.add({ participantId: 'p-1', language: 'en', createdAt: 1 });
    const sealed = { lookup: 'l', keyId: 'k', ciphertext: new Uint8Array([1]) };
    tx.identities.add({ channel: 'sms', ...sealed, personId, createdAt: 1 });
  });
  /** One message and its answer, done and sent. */
  const talk = ({ at = OLD, segments = 1 }: Row = {}): number =>
    store.transact((tx) => {
      count += 1;
      const id =
        tx.inbox.add({
          channel: 'sms',
          externalId: `m${count}`,
          identityId: 1,
          payload: { text: 'HI', replyTo: null, pictures: 0 },
          segments,
          receivedAt: at,
        }) ?? 0;
      tx.inbox.markDone([id], at);
      const body = { text: 'Hello', choices: [], pictures: [] };
      const reply = { channel: 'sms', identityId: 1, inboxId: id, kind: 'reply', body } as const;
      tx.outbox.add({ ...reply, notBefore: at, createdAt: at });
      tx.outbox.lease([count], at);
      tx.outbox.markSent([{ id: count, providerId: `SM${count}`, segments: 2 * segments }], at);
      return id;
    });
  return {
    clock,
    talk,
    run: (times = 1): void => {
      for (let turn = 0; turn < times; turn += 1) {
        store.transact((tx) => void job.run(contextOf(foundation, tx)));
      }
    },
    left: (table: 'inbox' | 'outbox' | 'pictures') =>
      db.all<{ id: number }>(sql.raw(`select id from ${table} order by id`)).map(({ id }) => id),
  };
}

test('what was done with long ago is removed, and younger and the very last stays', () =>
  withStore((store, db) => {
    const { talk, run, left, clock } = open(store, db);
    for (let n = 0; n < 3; n += 1) talk();
    talk({ at: OLD + 2 });
    run();
    expect([left('inbox'), left('outbox')]).toEqual([[4], [4]]);
    clock.time += 100 * DAY_MS;
    run();
    // The next message would get its number a second time.
    expect([left('inbox'), left('outbox')]).toEqual([[4], [4]]);
    talk({ at: clock.time });
    expect(left('inbox')).toEqual([4, 5]);
    run();
    expect([left('inbox'), left('outbox')]).toEqual([[5], [5]]);
    expect(store.read.inbox.known('sms', ['m1', 'm4', 'm5'])).toEqual(['m5']);
  }));

test('what texts cost is known as before', () =>
  withStore((store, db) => {
    const { talk, run, left } = open(store, db);
    for (const segments of [1, 2, 3]) talk({ segments });
    talk({ at: TEST_NOW });
    const before = smsUse(db, 0);
    expect(before.length).toBeGreaterThan(2);
    run(2);
    expect(left('inbox')).toEqual([4]);
    expect(smsUse(db, 0)).toEqual(before);
    expect(smsUse(db, TEST_NOW - DAY_MS).map(({ messages }) => messages)).toEqual([1, 1]);
  }));

test('what something still points at stays, and what waits or was set aside', () =>
  withStore((store, db) => {
    const { talk, run, left } = open(store, db);
    const [withPicture, refused, parked, unsent, last] = [talk(), talk(), talk(), talk(), talk()];
    store.transact((tx) => {
      tx.pictures.markClean(tx.pictures.add({ inboxId: withPicture }, 'a'), {
        ...{ cid: 'c', sha256: 's', mediaType: 'image/jpeg', sizeBytes: 1, width: 1, height: 1 },
        ...{ perceptualHash: null, spoolKey: 'b' },
      });
      tx.pictures.markRefused(tx.pictures.add({ inboxId: refused }, 'c'), 'picture-broken');
      tx.inbox.markFailed(parked, { state: 'parked', error: 'x', retryAt: 0 });
      const body = { text: 'Later', choices: [], pictures: [] };
      const row = { channel: 'sms', identityId: 1, kind: 'notice', body, createdAt: OLD } as const;
      tx.outbox.add({ ...row, inboxId: unsent, notBefore: TEST_NOW });
    });
    run(2);
    expect(left('inbox')).toEqual([withPicture, parked, unsent, last]);
    expect(left('outbox')).toEqual([6]);
    expect(left('pictures')).toEqual([1]);
  }));

test('it gets through any number, a few at a time, past those that stay', () =>
  withStore((store, db) => {
    const { talk, run, left } = open(store, db);
    for (let n = 0; n < 1200; n += 1) {
      const id = talk();
      if (n < 600) {
        store.transact((tx) => {
          tx.inbox.markFailed(id, { state: 'parked', error: 'x', retryAt: 0 });
        });
      }
    }
    run();
    expect(left('outbox')).toHaveLength(700);
    run(6);
    expect(left('outbox')).toHaveLength(1);
    expect(left('inbox')).toHaveLength(601);
  }));

test('removing looks things up by an index', () =>
  withStore((_, db) => {
    const plan = db
      .all<{ detail: string }>(
        sql`explain query plan delete from inbox where id in (select value from json_each('[1]'))
          and state = 'done' and processed_at < 1 and id < (select max(id) from inbox)
          and not exists (select 1 from pictures where inbox_id = inbox.id)
          and not exists (select 1 from evidence where inbox_id = inbox.id)
          and not exists (select 1 from outbox where inbox_id = inbox.id)`,
      )
      .map(({ detail }) => detail)
      .filter((detail) => /^SCAN (?!json_each)/.test(detail));
    expect(plan).toEqual([]);
  }));
