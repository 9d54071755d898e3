// How the rows of a file are read: by pages, each at the same cost, all of one moment.
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { expect, test } from 'vitest';
import type { Row } from '../../../src/records/open-data/files.ts';
import { recordsReads } from '../../../src/store/records.ts';
import * as schema from '../../../src/store/schema/index.ts';
import type { Store } from '../../../src/store/store.ts';
import { addTransfers, countedOpenData, publishAll } from '../../support/open-data.ts';
import { withStore } from '../../support/store.ts';

const CLAIM = 'org.city-sync.civic.claim';

const claim = (store: Store, rkey: string, operation: 'create' | 'update', status: string) =>
  store.transact((tx) =>
    tx.records.stage({
      collection: CLAIM,
      rkey,
      operation,
      cid: `cid-${rkey}-${status}`,
      value: JSON.stringify({ task: { uri: '', cid: '' }, participant: 'p-0', status }),
      stagedAt: 1,
    }),
  );

test('as many pages as rows need, none bigger than the others', () =>
  withStore((store, db) => {
    addTransfers(db, 1_000);
    const { data, counted } = countedOpenData(store);
    const snapshot = data.now();
    if (snapshot === undefined) throw new Error('nothing is published');
    const pages = [...data.pages('transfers', snapshot)];
    expect(pages.flat().map((row) => row[2])).toEqual(
      Array.from({ length: 1_000 }, (_, at) => at + 1),
    );
    expect(counted).toEqual({ pages: 6, rowsMax: 200 });
  }));

test('what is published while a file is read changes nothing in it; the next file has it', () =>
  withStore((store) => {
    const keys = Array.from({ length: 450 }, (_, at) => `3m${String(at).padStart(11, '0')}`);
    for (const key of keys) claim(store, key, 'create', 'joined');
    publishAll(store);
    const { data } = countedOpenData(store);
    const read = () => {
      const snapshot = data.now();
      if (snapshot === undefined) throw new Error('nothing is published');
      return data.pages('claims', snapshot)[Symbol.iterator]();
    };
    const rest = (pages: Iterator<readonly Row[]>) => {
      const rows: Row[] = [];
      for (;;) {
        const { done, value } = pages.next();
        if (done) return rows;
        rows.push(...value);
      }
    };
    const pages = read();
    const first = pages.next().value as readonly Row[];
    for (const key of keys) claim(store, key, 'update', 'verified');
    claim(store, '3mzzzzzzzzzzz', 'create', 'joined');
    // Before all that was read already, as no clock would have it.
    claim(store, '3a', 'create', 'joined');
    publishAll(store);
    const rows = [...first, ...rest(pages)];
    expect(rows.map((row) => row[0])).toEqual(
      keys.map((key) => expect.stringMatching(new RegExp(`/${key}$`))),
    );
    expect(new Set(rows.map((row) => row[5]))).toEqual(new Set(['joined']));

    const later = rest(read());
    expect(later).toHaveLength(452);
    expect(later.filter((row) => row[5] === 'verified')).toHaveLength(450);
  }));

test('each page is found through an index, and no statement looks at the whole table', () => {
  const asked: string[] = [];
  const client = new Sqlite(':memory:', { verbose: (query) => asked.push(String(query)) });
  const db = drizzle(client, { schema });
  migrate(db, { migrationsFolder: 'migrations' });
  const reads = recordsReads(db);
  asked.length = 0;
  reads.publishedHead();
  reads.allAsOf(CLAIM, 1, '', 200);
  reads.asOf(CLAIM, 'a', 1);
  const plans = [...asked].map((query) => {
    const steps = client.prepare(`explain query plan ${query}`).all() as { detail: string }[];
    return steps.map(({ detail }) => detail);
  });
  client.close();
  expect(plans).toEqual([
    [
      'SEARCH records USING INTEGER PRIMARY KEY (rowid<?)',
      'SCALAR SUBQUERY 1',
      'SEARCH records USING COVERING INDEX records_staged',
    ],
    [
      'SEARCH records USING INTEGER PRIMARY KEY (rowid=?)',
      'LIST SUBQUERY 1',
      'SEARCH records USING COVERING INDEX records_key (collection=? AND rkey>?)',
      'USE TEMP B-TREE FOR ORDER BY',
    ],
    ['SEARCH records USING INDEX records_key (collection=? AND rkey=? AND rowid<?)'],
  ]);
});
