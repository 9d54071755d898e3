// A rebuild meets a public record that is not as it should be.
import { readFileSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import type { SourceRecord } from '../../src/rebuild/fields.ts';
import { UnusableRecord } from '../../src/rebuild/fields.ts';
import { IN_ORDER_OF_REFERENCE } from '../../src/rebuild/in-time.ts';
import { checkBooks } from '../../src/records/books/check-books.ts';
import { createWholeCheck } from '../../src/records/books/check-whole.ts';
import { COLLECTION_NAMES, COLLECTIONS } from '../../src/records/kinds/index.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { contextOf } from '../../src/services/context.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { finishDecision } from '../../src/services/credits/finish-decision.ts';
import { redeemOffer } from '../../src/services/credits/redeem-offer.ts';
import { reviewEvidence } from '../../src/services/evidence/review-evidence.ts';
import { submitEvidence } from '../../src/services/evidence/submit-evidence.ts';
import { joinTask } from '../../src/services/tasks/join-task.ts';
import type { Database } from '../../src/store/database.ts';
import type { PrivatePage } from '../../src/store/private-data.ts';
import { expectOk, newOffer, newTask, type TestCity, withCity } from '../support/city.ts';
import { privateTables, publicTables } from '../support/city-tables.ts';
import { codeIn, tableBelow } from '../support/markdown.ts';
import { backupNow, sourceOf, withRebuilt } from '../support/rebuilt.ts';
import { databaseOf } from '../support/store.ts';

/** A city in which somebody worked for 20 credits and spent 10 of them. */
const withLoop = <T>(run: (db: Database, city: TestCity) => Promise<T>): Promise<T> =>
  withCity((city) => {
    city.run((context) => publishCity(context));
    const person = city.join('+15105550201');
    const taskId = newTask(city);
    const offerId = newOffer(city);
    city.run((context) => {
      expectOk(joinTask(context, person, taskId));
      const inboxId =
        context.tx.inbox.add({
          channel: 'sms',
          externalId: '1',
          identityId: person.identityId,
          payload: { text: '', replyTo: null, pictures: 0 },
          receivedAt: context.now,
        }) ?? 0;
      const sent = { taskId, text: 'done', pictureIds: [], inboxId };
      const { evidenceId } = expectOk(submitEvidence(context, person, sent));
      expectOk(reviewEvidence(context, city.organizer, { evidenceId, approved: true, note: '' }));
    });
    const { code } = expectOk(city.run((context) => redeemOffer(context, person, offerId)));
    city.run((context) => expectOk(confirmCode(context, city.redeemer.id, code)));
    return run(databaseOf(city.store), city);
  });

const without = (collection: string) => (records: SourceRecord[]) =>
  records.filter((record) => record.collection !== collection);
const changed =
  (collection: string, change: (value: Record<string, unknown>) => Record<string, unknown>) =>
  (records: SourceRecord[]) =>
    records.map((record) =>
      record.collection === collection ? { ...record, value: change({ ...record.value }) } : record,
    );
const rebuilding = (db: Database, change: (records: SourceRecord[]) => SourceRecord[]) =>
  withRebuilt(sourceOf(db, { change }), () => 'rebuilt');

describe('it says which record it cannot use', () => {
  test('when there is no city', () =>
    withLoop(async (db) => {
      await expect(rebuilding(db, without(COLLECTIONS.city))).rejects.toThrow(
        /is not that of a city.*civic.city\/self/,
      );
    }));

  test.each([
    ['its issuer', COLLECTIONS.partner, COLLECTIONS.task],
    ['its task', COLLECTIONS.task, COLLECTIONS.claim],
    ['its claim', COLLECTIONS.claim, COLLECTIONS.evidence],
    ['its evidence', COLLECTIONS.evidence, COLLECTIONS.review],
  ])('when %s is missing', (_what, gone, named) =>
    withLoop(async (db) => {
      const address = new RegExp(`^at://did:plc:[^ ]*/${named}/[^ ]* cannot be restored: what it`);
      const rebuilt = rebuilding(db, without(gone));
      await expect(rebuilt).rejects.toBeInstanceOf(UnusableRecord);
      await expect(rebuilt).rejects.toThrow(address);
    }),
  );

  test.each([
    [
      'a link is missing',
      (records: SourceRecord[]) => {
        const second = records.find(({ value }) => value['position'] === 2);
        return records.filter((record) => record !== second);
      },
      'not the next position',
    ],
    [
      'a link does not name the one before',
      changed(COLLECTIONS.transfer, (value) =>
        value['position'] === 2 ? { ...value, previous: 'bafyelse' } : value,
      ),
      'not chained',
    ],
    [
      'an amount was raised',
      changed(COLLECTIONS.transfer, (value) =>
        value['position'] === 2 ? { ...value, amount: 500 } : value,
      ),
      'accounts_person_covered',
    ],
  ] as const)('when in the chain %s', (_what, change, why) =>
    withLoop(async (db) => {
      await expect(rebuilding(db, change)).rejects.toThrow(
        new RegExp(`/${COLLECTIONS.transfer}/\\S+ cannot be restored: .*${why}`),
      );
    }),
  );

  test.each([
    ['has a status of the future', COLLECTIONS.claim, { status: 'teleported' }, /"status".*know/],
    ['has no slots', COLLECTIONS.task, { slots: undefined }, /"slots".*not a number/],
    [
      'has a time that is not one',
      COLLECTIONS.offer,
      { createdAt: 'soon' },
      /"createdAt".*not a time/,
    ],
    ['refers to nothing', COLLECTIONS.review, { evidence: 7 }, /"evidence".*refers to nothing/],
    ['decides nothing', COLLECTIONS.review, { decision: 'hm' }, /"decision"/],
  ])('when one %s', (_what, collection, fields, why) =>
    withLoop(async (db) => {
      const change = changed(collection, (value) => ({ ...value, ...fields }));
      await expect(rebuilding(db, change)).rejects.toThrow(why);
      await expect(rebuilding(db, change)).rejects.toThrow(collection);
    }),
  );
});

test('told to go on, it leaves out what cannot be used and what rests on it, but no credits', () =>
  withLoop(async (db) => {
    const source = sourceOf(db, { change: without(COLLECTIONS.claim) });
    await withRebuilt(
      source,
      (after, { leftOut }) => {
        const kinds = leftOut.map(({ uri }) => uri.split('/')[3]);
        expect(kinds).toEqual([COLLECTIONS.evidence, COLLECTIONS.review]);
        const [now, then] = [publicTables(after), publicTables(db)];
        expect(now).toMatchObject({ claims: [], evidence: [], reviews: [] });
        for (const name of ['partners', 'offers', 'accounts', 'redemptions', 'caps'] as const) {
          expect(now[name]).toEqual(then[name]);
        }
      },
      { tolerant: true },
    );
  }));

test('it counts what waited when the backup was made, and never became public', () =>
  withLoop(async (db) => {
    const backup = backupNow(db);
    const { seq } = db.get<{ seq: number }>(
      sql`select seq from records where collection = ${COLLECTIONS.evidence}`,
    );
    const { lost } = await withRebuilt(
      sourceOf(db, { lastSeq: seq - 1 }),
      (_db, rebuilt) => rebuilt,
      { backup },
    );
    // Evidence, review, issue, activity with its people, hold, burn, redemption.
    expect(lost).toEqual({ records: 6, withPictures: 0, invites: 0 });
  }));

test('a backup from before a column was there is taken without it', () =>
  withLoop(async (db) => {
    const younger = [
      ...['publicDid', 'noticeChannel', 'alertsAt', 'alertsFilter', 'unreachableAt', 'wayOutAt'],
      'shown',
    ];
    const backup = backupNow(db).map(({ kind, rows }) => ({
      kind,
      rows: rows.map((row) =>
        Object.fromEntries(Object.entries(row).filter(([name]) => !younger.includes(name))),
      ),
    })) as unknown as readonly PrivatePage[];
    await withRebuilt(
      sourceOf(db),
      (after) => {
        expect(privateTables(after).identities).toEqual(privateTables(db).identities);
      },
      { backup },
    );
  }));

test('evidence keeps its number where one before it was never published', () =>
  withLoop(async (db, city) => {
    const second = city.join('+15105550202');
    city.run((context) => {
      expectOk(joinTask(context, second, 1));
      const sent = { taskId: 1, text: 'done', pictureIds: [], inboxId: 1 };
      expect(expectOk(submitEvidence(context, second, sent)).evidenceId).toBe(2);
    });
    const [first] = publicTables(db).evidence;
    const change = (records: SourceRecord[]) =>
      records.filter(({ rkey }) => rkey !== first?.['rkey']);
    await withRebuilt(
      sourceOf(db, { change }),
      (after) => {
        expect(publicTables(after).evidence.map(({ id }) => id)).toEqual([2]);
      },
      { backup: backupNow(db), tolerant: true },
    );
  }));

test('fields that nobody knows stay in the record, and change nothing else', () =>
  withLoop(async (db) => {
    const change = changed(COLLECTIONS.task, (value) => ({ ...value, mood: ['glad', { so: 1 }] }));
    await withRebuilt(sourceOf(db, { change }), (after) => {
      expect(publicTables(after)).toEqual(publicTables(db));
      const { value } = after.get<{ value: string }>(
        sql`select value from records where collection = ${COLLECTIONS.task}`,
      );
      expect(JSON.parse(value)).toMatchObject({ mood: ['glad', { so: 1 }] });
    });
  }));

test('records are in order of time, none before what it refers to', () =>
  withLoop(async (db) => {
    await withRebuilt(sourceOf(db), (after) => {
      const rows = after.all<{ collection: string; rkey: string; value: string }>(
        sql`select collection, rkey, value from records order by seq`,
      );
      const seen = new Set<string>();
      for (const { collection, rkey, value } of rows) {
        for (const [, uri = ''] of value.matchAll(/"uri":"at:\/\/[^/]+\/([^"]+)"/g)) {
          expect(seen).toContain(uri);
        }
        seen.add(`${collection}/${rkey}`);
      }
      expect(rows.length).toBeGreaterThan(10);
    });
  }));

test('its books agree', () =>
  withLoop(async (db) => {
    await withRebuilt(sourceOf(db), (_after, _rebuilt, store) => {
      expect(store.transact((tx) => checkBooks(tx))).toEqual([]);
      expect(createWholeCheck().step(store.read, 1000)).toEqual([]);
      expect(store.read.ledger.head()?.position).toBeGreaterThan(0);
    });
  }));

test('it knows every collection that a city writes', () => {
  expect(IN_ORDER_OF_REFERENCE.toSorted()).toEqual([...COLLECTION_NAMES].toSorted());
});

test('docs/operations.md says of every table where it comes from', () =>
  withLoop(async (db) => {
    const tables = db.all<{ name: string }>(
      sql`select name from sqlite_master where type = 'table' and name not like '\\_\\_%' escape '\\'`,
    );
    const text = readFileSync('docs/operations.md', 'utf8');
    const told = tableBelow(text, '### What comes from where').flatMap(([names = '']) => [
      ...codeIn(names),
    ]);
    expect(told.toSorted()).toEqual(tables.map(({ name }) => name).toSorted());
  }));

describe('where publishing was cut off in the middle of a decision', () => {
  const cutBefore = async (
    collection: string,
    check: (counts: { before: number; after: number }) => void,
  ): Promise<void> =>
    withLoop(async (db, city) => {
      const { seq } = db.get<{ seq: number }>(
        sql`select max(seq) as seq from records where collection = ${collection}`,
      );
      await withRebuilt(sourceOf(db, { lastSeq: seq - 1 }), (after, _, store) => {
        const count = () =>
          after.get<{ count: number }>(
            sql`select count(*) as count from records where collection = ${collection}`,
          ).count;
        const before = count();
        store.transact((tx) => finishDecision(contextOf(city.foundation, tx)));
        check({ before, after: count() });
        store.transact((tx) => finishDecision(contextOf(city.foundation, tx)));
        expect(count()).toBe(before + 1);
      });
    });

  test('the record of a redemption is written at the start', () =>
    cutBefore(COLLECTIONS.redemption, (counts) => {
      expect(counts).toEqual({ before: 0, after: 1 });
    }));

  test('the credits of an approval are issued at the start', () =>
    withLoop(async (db, city) => {
      const { seq } = db.get<{ seq: number }>(
        sql`select seq from records where collection = ${COLLECTIONS.review}`,
      );
      await withRebuilt(sourceOf(db, { lastSeq: seq }), (after, _, store) => {
        expect(store.read.ledger.head()).toBeUndefined();
        store.transact((tx) => finishDecision(contextOf(city.foundation, tx)));
        store.transact((tx) => finishDecision(contextOf(city.foundation, tx)));
        expect(store.read.ledger.head()?.position).toBe(1);
        expect(store.read.ledger.transfer('issue:1')?.amount).toBe(20);
        const { caps } = publicTables(after);
        expect(caps.map(({ issued }) => issued)).toEqual([20, 20]);
      });
    }));
});
