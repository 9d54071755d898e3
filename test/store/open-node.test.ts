import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openSnapshot, openStore } from '../../src/store/open-node.ts';
import { collectStatements } from '../../src/store/statements.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'please keep this to yourself';

/** A database in which a stranger's words wait for an answer until the time 10. */
function withQuestion() {
  const { store, emptyLog, close } = openStore(join(folder, 'city.db'));
  const identityId = store.transact((tx) => {
    const personId = tx.people.add({
      participantId: 'p-000000000000',
      language: 'en',
      createdAt: 1,
    });
    const id = tx.identities.add({
      channel: 'sms',
      lookup: 'a',
      keyId: 'k',
      ciphertext: new Uint8Array(),
      personId,
      createdAt: 1,
    });
    tx.sessions.put({
      identityId: id,
      command: 'hello',
      step: 'consent',
      data: SECRET,
      expiresAt: 10,
    });
    return id;
  });
  return { store, emptyLog, close, identityId };
}

test('a new database and its log can be read by their owner alone', () => {
  const { close } = withQuestion();
  const modes = readdirSync(folder).map((name) => statSync(join(folder, name)).mode & 0o777);
  expect(modes.length).toBeGreaterThan(1);
  expect(new Set(modes)).toEqual(new Set([0o600]));
  close();
});

test('a question that was not answered in time is gone, from the file too', () => {
  const { store, close, identityId } = withQuestion();
  store.transact((tx) => tx.sessions.forget(9));
  expect(store.read.sessions.get(identityId)).toBeDefined();
  close();
  const path = join(folder, 'city.db');
  expect(readFileSync(path, 'latin1')).toContain(SECRET);

  const again = openStore(path);
  again.store.transact((tx) => tx.sessions.forget(10));
  expect(again.store.read.sessions.get(identityId)).toBeUndefined();
  again.close();
  expect(readFileSync(path, 'latin1')).not.toContain(SECRET);
});

test('once the log is emptied, what was forgotten is nowhere on the disk', () => {
  const { store, emptyLog, close } = withQuestion();
  store.transact((tx) => tx.sessions.forget(10));
  const everywhere = () =>
    readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
  expect(everywhere().some((content) => content.includes(SECRET))).toBe(true);
  emptyLog();
  expect(everywhere().some((content) => content.includes(SECRET))).toBe(false);
  store.transact((tx) => tx.sessions.forget(11));
  close();
});

test('the log is left alone while somebody reads', () => {
  const { store, emptyLog, close } = withQuestion();
  const snapshot = openSnapshot(join(folder, 'city.db'));
  snapshot.db.get(sql`select count(*) from sessions`);
  store.transact((tx) => tx.sessions.forget(10));
  emptyLog();
  expect(statSync(join(folder, 'city.db-wal')).size).toBeGreaterThan(0);
  snapshot.close();
  emptyLog();
  expect(statSync(join(folder, 'city.db-wal')).size).toBe(0);
  close();
});

test('what another program wrote is seen in the next transaction', () => {
  const { store, close } = openStore(join(folder, 'city.db'));
  const other = openStore(join(folder, 'city.db'));
  const read = () => store.transact((tx) => tx.cursors.get('name'));
  expect(read()).toBeUndefined();
  other.store.transact((tx) => tx.cursors.put('name', 'one'));
  expect(read()).toBe('one');
  other.store.transact((tx) => tx.cursors.put('name', 'two'));
  expect(read()).toBe('two');
  other.close();
  close();
});

/** Every statement of a store, as the driver gets it. */
function statementsOf(path: string): readonly string[] {
  const prepare = vi.spyOn(Sqlite.prototype, 'prepare');
  let close = (): void => undefined;
  const statements = collectStatements(() => {
    close = openStore(path).close;
  });
  for (const one of statements) one();
  close();
  const texts = prepare.mock.calls.map(([text]) => text);
  prepare.mockRestore();
  return texts;
}

test('no statement has a bare limit, for which SQLite would plan it anew each time', () => {
  const texts = statementsOf(join(folder, 'city.db'));
  expect(texts.filter((text) => text.includes('limit +?')).length).toBeGreaterThan(50);
  expect(texts.filter((text) => /limit \?/.test(text))).toEqual([]);
});

test('the next recipients of a broadcast are found without sorting all of a channel', () => {
  const path = join(folder, 'city.db');
  const recipients = statementsOf(path).find((text) => text.includes('"identities" as earlier'));
  const client = new Sqlite(path);
  const values = Array.from(recipients?.matchAll(/\?/g) ?? [], () => '1');
  const plan = client.prepare(`explain query plan ${recipients}`).all(...values);
  client.close();
  expect(plan.length).toBeGreaterThan(5);
  expect(JSON.stringify(plan)).not.toContain('TEMP B-TREE');
});
