// A repository that the sandbox of an older version wrote: reviews were evaluations of the evidence, and
// evidence named its claim alone. It audits green, a city is made of it again, and that city is brought
// over to the records of now without one that anybody relies on being touched.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { jsonToLex, lexToJson } from '@atproto/lex-json';
import { expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import { bytesOf } from '../../src/audit/bytes.ts';
import { openRepository } from '../../src/audit/fetch-repository.ts';
import type { Report } from '../../src/audit/report.ts';
import { bringOverJob } from '../../src/jobs/bring-over.ts';
import { evaluateMonthsJob } from '../../src/jobs/evaluate-months.ts';
import { evaluateWorkJob } from '../../src/jobs/evaluate-work.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { createTids } from '../../src/lib/ids.ts';
import { createNetwork } from '../../src/node/audit-network.ts';
import type { SourceRecord } from '../../src/rebuild/fields.ts';
import type { RebuildSource } from '../../src/rebuild/filler.ts';
import { OPEN_DATA_FILES } from '../../src/records/open-data/files.ts';
import { createOpenData } from '../../src/records/open-data/open-data.ts';
import { publishCity } from '../../src/services/city/publish-city.ts';
import { publishPresence } from '../../src/services/city/publish-presence.ts';
import { type Context, contextOf, type Foundation } from '../../src/services/context.ts';
import { finishDecision } from '../../src/services/credits/finish-decision.ts';
import { BERKELEY, repeatableRandom, TEST_KEY } from '../support/city.ts';
import { clockOf } from '../support/clock.ts';
import type { Encodable } from '../support/dag-cbor.ts';
import { brokenIn, sha256 } from '../support/paper-audit.ts';
import { newKey, signRepository } from '../support/paper-repository.ts';
import { withRebuilt } from '../support/rebuilt.ts';

const car = new Uint8Array(
  gunzipSync(readFileSync('test/support/repository-before-reviews.car.gz')),
);
const HEAD = readFileSync('test/support/repository-before-reviews.head.txt', 'utf8');
/** A month after it was written. */
const LATER = Date.UTC(2027, 0, 2, 18);

const options = {
  ...createNetwork({ plcUrl: 'http://127.0.0.1:1', blueskyService: 'http://127.0.0.1:1' }),
  sha256,
  clock: { now: () => LATER },
  isOffline: true,
};
const look = (bytes: Uint8Array, since?: string | { readonly car: ReturnType<typeof bytesOf> }) =>
  audit({ car: bytesOf(bytes) }, { ...options, ...(since === undefined ? {} : { since }) });

async function readRecords(): Promise<{ did: string; records: SourceRecord[] }> {
  const { repository } = await openRepository({ car: bytesOf(car) }, options);
  const records = [...repository.records()].map((record) => ({
    ...record,
    value: lexToJson(record.value as never) as Record<string, unknown>,
  }));
  return { did: repository.did, records };
}

test('it audits green, and a head that was kept then still holds', async () => {
  const report = await look(car, HEAD);
  expect(brokenIn(report)).toEqual([]);
  expect(report).toMatchObject({
    ok: true,
    records: { evidence: 4, evaluation: 3, transfer: 4, redemption: 1 },
    totals: [{ issued: 40, redeemed: 10 }],
    since: { changed: {}, unclear: [] },
  } satisfies Partial<Record<keyof Report, unknown>>);
});

test('a city is made of it, brought over in order, and nothing that was proved changes', async () => {
  const { did, records } = await readRecords();
  const source: RebuildSource = {
    did,
    records: (collection) => records.filter((record) => record.collection === collection),
  };
  await withRebuilt(source, async (_db, { leftOut }, store) => {
    expect(leftOut).toEqual([]);
    const clock = clockOf(() => LATER);
    const random = repeatableRandom(5);
    const foundation: Foundation = {
      ...{ city: BERKELEY, clock, random, did },
      keys: createKeys(TEST_KEY, random),
      newTid: createTids(clock, random),
    };
    const run = <T>(work: (context: Context) => T): T =>
      store.transact((tx) => work(contextOf(foundation, tx)));
    const before = store.read.records.after(0, 10_000).length;
    run((context) => {
      publishCity(context);
      publishPresence(context);
      finishDecision(context);
    });
    const turns = (work: (context: Context) => boolean): boolean[] =>
      [1, 2, 3].map(() => run(work));
    expect(turns(bringOverJob.run)).toEqual([true, false, false]);
    expect(turns(evaluateWorkJob.run)).toEqual([true, false, false]);
    expect(turns(evaluateMonthsJob.run)).toEqual([true, false, false]);

    const written = store.read.records.after(0, 10_000).slice(before);
    const kindsOf = (operation: string) =>
      written
        .filter((row) => row.operation === operation)
        .map(({ collection }) => collection.split('.').slice(-2).join('.'));
    // Two tasks are over, of which one has evidence that waits: the other had no record of its work,
    // since nobody was approved for it. And a month is over.
    expect(kindsOf('create')).toEqual([
      ...['claim.activity', 'hypercerts.collection', 'actor.profile', 'actor.organization'],
      ...['claim.activity', 'context.evaluation', 'context.evaluation'],
    ]);
    expect(kindsOf('update')).toEqual(['context.attachment']);

    // Whoever audits it sees the new records, and every old one that was never to be replaced.
    const newest = new Map(
      store.read.records
        .after(0, 10_000)
        .map((row) => [`${row.collection}/${row.rkey}`, row] as const),
    );
    const key = await newKey();
    const signed = await signRepository(
      [...newest.values()].map(({ collection, rkey, value }) => ({
        ...{ collection, rkey },
        value: jsonToLex(JSON.parse(value)) as Encodable,
      })),
      { did, key, rev: foundation.newTid() },
    );
    for (const since of [HEAD, { car: bytesOf(car) }]) {
      expect(brokenIn(await look(signed.car, since))).toEqual([]);
    }

    // The tables of open data have the reviews of both forms.
    const data = createOpenData(store.read.records, did);
    store.transact((tx) =>
      tx.records.markPublished(
        written.map(({ seq }) => seq),
        LATER,
      ),
    );
    const snapshot = data.now();
    if (snapshot === undefined) throw new Error('Nothing is published.');
    const rows = [...data.pages('reviews', snapshot)].flat();
    const at = OPEN_DATA_FILES.reviews.columns.indexOf('decision');
    expect(rows.map((row) => row[at])).toEqual(['approved', 'approved', 'rejected']);
  });
});
