// What a disk and a database refuse: a transaction is there as a whole or not at all, whatever SQLite
// undid by itself, and everything goes on once it is possible again.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storageFault } from '../../src/lib/storage-fault.ts';
import { transactionsOf } from '../../src/store/open-node.ts';
import * as schema from '../../src/store/schema/index.ts';
import { createStore } from '../../src/store/store.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-faults-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const path = join(folder, 'city.db');
  const client = new Sqlite(path);
  client.pragma('journal_mode = WAL');
  client.pragma('busy_timeout = 0');
  const db = drizzle(client, { schema });
  migrate(db, { migrationsFolder: 'migrations' });
  return { path, client, store: createStore(db, transactionsOf(client)) };
}

const LARGE = 'x'.repeat(3_000_000);

/** A disk with room for a few pages more, and for no large value. */
function fill(client: Sqlite.Database): () => void {
  const pages = Number(client.pragma('page_count', { simple: true }));
  client.pragma(`max_page_count = ${pages + 4}`);
  return () => void client.pragma('max_page_count = 1000000');
}

test('with a full disk nothing of a group is kept, and all of it once there is room', async () => {
  const { client, store } = open();
  const makeRoom = fill(client);
  const group = () =>
    Promise.allSettled([
      store.commit((tx) => tx.caps.put('city', '2026-10', 1)),
      store.commit((tx) => tx.cursors.put('large', LARGE)),
      store.commit((tx) => tx.caps.put('city', '2026-12', 3)),
    ]);
  const outcomes = await group();
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(outcomes.map((one) => one.status === 'rejected' && storageFault(one.reason))).toEqual(
    outcomes.map(() => 'SQLITE_FULL'),
  );
  expect(client.inTransaction).toBe(false);
  expect(client.prepare('select count(*) as n from caps').get()).toEqual({ n: 0 });
  makeRoom();
  expect((await group()).map(({ status }) => status)).toEqual(outcomes.map(() => 'fulfilled'));
  expect(client.prepare('select count(*) as n from caps').get()).toEqual({ n: 2 });
  client.close();
});

test('works of one transaction are undone together, and none is taken for at fault', () => {
  const { client, store } = open();
  fill(client);
  let settled = false;
  const works = () =>
    store.transactEach(
      [
        (tx) => tx.caps.put('city', '2026-10', 1),
        (tx) => tx.cursors.put('large', LARGE),
        (tx) => tx.caps.put('city', '2026-12', 3),
      ],
      () => {
        settled = true;
      },
    );
  expect(works).toThrow(/full/);
  expect(settled).toBe(false);
  expect(client.prepare('select count(*) as n from caps').get()).toEqual({ n: 0 });
  client.close();
});

test('while another program holds the database nothing is kept, and everything afterwards', async () => {
  const { path, client, store } = open();
  const other = new Sqlite(path);
  other.exec('begin exclusive');
  const put = () => store.commit((tx) => tx.caps.put('city', '2026-10', 1));
  const refused = await put().catch(storageFault);
  expect(refused).toBe('SQLITE_BUSY');
  // Whoever only reads is not held up.
  expect(store.read.caps.get('city', '2026-10')).toBeUndefined();
  other.exec('rollback');
  await put();
  expect(store.read.caps.get('city', '2026-10')?.amount).toBe(1);
  other.close();
  client.close();
});

test('a fault is known by its code, in the causes too, and in the words of the other runtime', () => {
  const coded = (code: string) => Object.assign(new Error('refused'), { code });
  for (const code of ['SQLITE_FULL', 'SQLITE_IOERR_FSYNC', 'SQLITE_CORRUPT_INDEX', 'ENOSPC']) {
    expect(storageFault(coded(code))).toBe(code);
    expect(storageFault(new Error('outer', { cause: coded(code) }))).toBe(code);
  }
  expect(storageFault(new Error('database or disk is full: SQLITE_FULL'))).toBe('SQLITE_FULL');
  for (const other of [coded('SQLITE_CONSTRAINT_UNIQUE'), coded('ENOENT'), new Error('x'), 'x']) {
    expect(storageFault(other)).toBeUndefined();
  }
});
