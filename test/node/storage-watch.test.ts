import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { integrityCheck, quickCheck, startIntegrityCheck } from '../../src/node/integrity.ts';
import { createStorageWatch } from '../../src/node/storage-watch.ts';
import type { Store } from '../../src/store/store.ts';
import { TEST_NOW } from '../support/city.ts';
import { standingClock } from '../support/clock.ts';
import { openMigrated } from '../support/migrated.ts';

const LOOKUP = 'the-lookup-of-somebody';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-watch-'));
  path = join(folder, 'city.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open() {
  const { store, close } = openMigrated(path);
  store.transact((tx) => {
    const personId = tx.people.add({ participantId: 'p-1', language: 'en', createdAt: 1 });
    const sealed = { keyId: 'k', ciphertext: new Uint8Array([1]) };
    tx.identities.add({ channel: 'sms', lookup: LOOKUP, ...sealed, personId, createdAt: 1 });
  });
  return { store, close };
}

function watch(store: Store) {
  const clock = standingClock(TEST_NOW);
  const said: string[] = [];
  const say = (_detail: unknown, line?: string) => said.push(line ?? String(_detail));
  return {
    clock,
    said,
    ...createStorageWatch({
      ...{ store, databasePath: path, backupFolder: join(folder, 'not', 'yet', 'there') },
      now: clock.now,
      log: { error: say, info: say } as Parameters<typeof createStorageWatch>[0]['log'],
    }),
  };
}

const refused = (code: string) => Object.assign(new Error('refused'), { code });

test('a fault is told once until a try to write succeeds, and another error is none', async () => {
  const { store, close } = open();
  let isFull = true;
  const { said, clock, notice, status, tryToWrite } = watch({
    ...store,
    commit: (work) => (isFull ? Promise.reject(refused('SQLITE_FULL')) : store.commit(work)),
  });
  expect(notice(new Error('something else'))).toBe(false);
  for (let time = 0; time < 3; time += 1) expect(notice(refused('SQLITE_FULL'))).toBe(true);
  await tryToWrite();
  expect(status()).toMatchObject({ writeFault: 'SQLITE_FULL', damage: undefined });
  isFull = false;
  // Somebody tried a moment ago.
  await tryToWrite();
  expect(status().writeFault).toBe('SQLITE_FULL');
  clock.time += MINUTE_MS;
  await tryToWrite();
  expect(status().writeFault).toBeUndefined();
  expect(said).toEqual([
    'The database or its disk refuses to work.',
    'The database can be written again.',
  ]);
  expect(status().free.database).toBeGreaterThan(0);
  close();
});

test('the check of the night finds an index that tells something else than its table', async () => {
  const { store, close } = open();
  const { said, status, beginCheck, endCheck } = watch(store);
  store.transact((tx) => tx.cursors.put('x', 'y'));
  const client = new Sqlite(path);
  client.pragma('wal_checkpoint(TRUNCATE)');
  const { rootpage } = client
    .prepare(`select rootpage from sqlite_master where name = 'identities_lookup'`)
    .get() as { rootpage: number };
  const pageSize = Number(client.pragma('page_size', { simple: true }));
  client.close();
  const bytes = readFileSync(path);
  const start = (rootpage - 1) * pageSize;
  const at = bytes.indexOf(LOOKUP, start, 'latin1');
  expect(at).toBeLessThan(start + pageSize);
  bytes.write('X', at, 'latin1');
  writeFileSync(path, bytes);
  expect(quickCheck(path)).toBeUndefined();
  expect(integrityCheck(path)).toMatch(/missing from index/);
  beginCheck();
  // One at a time.
  beginCheck();
  await expect.poll(() => status().damage).toMatch(/missing from index/);
  expect(said).toEqual(['The database is damaged.']);
  await endCheck();
  close();
});

test('a database that is whole is found to be so, and one that is not there is none that is damaged', () => {
  open().close();
  expect([quickCheck(path), integrityCheck(path)]).toEqual([undefined, undefined]);
  expect(quickCheck(join(folder, 'nothing.db'))).toBeUndefined();
});

test('a check beside the city says what it found, or why it could not look', async () => {
  open().close();
  const whole = startIntegrityCheck(path);
  expect(await whole.answer).toBeUndefined();
  await whole.end();
  await expect(startIntegrityCheck(join(folder, 'nothing.db')).answer).rejects.toThrow(
    'unable to open database file',
  );
});

test('a check can be ended whenever the city ends, and then says nothing', async () => {
  open().close();
  const answers: unknown[] = [];
  for (let tries = 0; tries < 5; tries += 1) {
    const { answer, end } = startIntegrityCheck(path);
    answer.then(
      (found) => answers.push(found),
      (error: unknown) => answers.push(error),
    );
    await end();
    await end();
  }
  expect(answers).toEqual([]);
});
