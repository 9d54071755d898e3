import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readBackup } from '../../src/backup/backup-file.ts';
import { BackupError } from '../../src/backup/backup-format.ts';
import { createBackups, forgottenBeside, newestBackup, ownerOf } from '../../src/backup/backups.ts';
import { type BackupPage, withoutPhotos } from '../../src/backup/photos.ts';
import { DAY_MS, MINUTE_MS } from '../../src/lib/clock.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Database } from '../../src/store/database.ts';
import type { PrivatePage } from '../../src/store/private-data.ts';
import { addEvidence, attachPicture } from '../support/evidence.ts';
import { openMigrated } from '../support/migrated.ts';

const DID = 'did:plc:testville2345abcdefghijk';
const ADDRESS = '+15105550141';
const WORDING = 'I agreed to get messages.';
const keys = createKeys(new Uint8Array(32).fill(7), systemRandom);

let folder: string;
/** The spool. */
const photos = new Map<string, Uint8Array>();
let clock: { time: number; now: () => number };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  clock = { time: Date.UTC(2026, 10, 22, 12), now: () => clock.time };
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A city's database with one person in it, open as a running city has it. */
function openCity() {
  const { store, close } = openMigrated(join(folder, 'city.db'));
  const addPerson = (participantId: string, address: string) =>
    store.transact((tx) => {
      const personId = tx.people.add({ participantId, language: 'es', createdAt: 1 });
      const sealed = keys.seal(address);
      const identityId = tx.identities.add({
        channel: 'sms',
        lookup: keys.identityLookup('sms', address),
        keyId: sealed.keyId,
        ciphertext: sealed.bytes,
        personId,
        createdAt: 2,
      });
      tx.consents.add({ identityId, kind: 'messages', wording: WORDING, at: 3 });
    });
  store.transact((tx) => tx.cursors.put('city-did', DID));
  addPerson('p-000000000001', ADDRESS);
  return { store, close, addPerson };
}

const backupsIn = (where: string | undefined, kept = 14, did = DID) =>
  createBackups({
    databasePath: join(folder, 'city.db'),
    folder: where,
    kept,
    did,
    keys,
    readPhoto: async (key) => photos.get(key),
    clock,
    random: systemRandom,
  });

const readAll = async (path: string, by = keys): Promise<PrivatePage[]> => {
  const pages: PrivatePage[] = [];
  const keep = async () => {};
  for await (const page of withoutPhotos(readBackup(path, by), keep)) pages.push(page);
  return pages;
};

describe('a backup', () => {
  test('of a running city has what only the database knows, and is its owner’s alone', async () => {
    const { close } = openCity();
    const path = await backupsIn(undefined).make();
    expect(path).toBe(join(folder, 'backups', 'city-2026-11-22T12-00-00.000Z.backup'));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'backups')).mode & 0o777).toBe(0o700);
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(1);
    const pages = await readAll(path);
    expect(pages.map(({ kind }) => kind)).toEqual(['persons', 'identities', 'consents', 'cursors']);
    expect(pages[2]?.rows).toMatchObject([{ channel: 'sms', kind: 'messages', wording: WORDING }]);
    close();
  });

  test('tells nothing without the key, and a public header only', async () => {
    const { close } = openCity();
    const bytes = readFileSync(await backupsIn(undefined).make(), 'latin1');
    for (const secret of [ADDRESS, WORDING, 'p-000000000001', 'sms']) {
      expect(bytes).not.toContain(secret);
    }
    expect(bytes.split('\n', 2)).toEqual(['city-sync backup', expect.stringContaining(DID)]);
    close();
  });

  test('stands still while the city goes on', async () => {
    const { close, addPerson } = openCity();
    const making = backupsIn(undefined).make();
    addPerson('p-000000000002', '+15105550142');
    const pages = await readAll(await making);
    expect(pages[0]?.rows).toHaveLength(1);
    close();
  });

  test('of thousands of people comes in chunks', async () => {
    const { store, close } = openCity();
    store.transact((tx) => {
      for (let count = 0; count < 2100; count += 1) {
        tx.people.add({
          participantId: `p-${String(count).padStart(12, 'x')}`,
          language: 'en',
          createdAt: count,
        });
      }
    });
    const pages = await readAll(await backupsIn(undefined).make());
    const sizes = pages.filter(({ kind }) => kind === 'persons').map(({ rows }) => rows.length);
    expect(sizes.length).toBeGreaterThan(3);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2101);
    close();
  });

  test('has the photos that nobody has seen come back, each whole, and no others', async () => {
    const { store, close } = openCity();
    const db = drizzle(new Sqlite(join(folder, 'city.db')));
    const { inboxId, evidenceId } = addEvidence(db as unknown as Database, 'creek');
    const add = (name: string) => {
      const bytes = new TextEncoder().encode(`photo ${name} `.repeat(100_000));
      photos.set(name, bytes);
      return store.transact((tx) => {
        const id = tx.pictures.add({ inboxId }, 'raw');
        const facts = { cid: `cid-${name}`, sha256: '', mediaType: 'image/jpeg', sizeBytes: 1 };
        const look = { width: 1, height: 1, perceptualHash: null, spoolKey: name };
        tx.pictures.markClean(id, { ...facts, ...look });
        return id;
      });
    };
    const [clean, uploaded, published, lost] = ['a', 'b', 'c', 'd'].map(add) as [
      number,
      number,
      number,
      number,
    ];
    // Of no evidence: nobody has agreed that it becomes public.
    add('e');
    for (const id of [clean, uploaded, published, lost]) {
      attachPicture(db as unknown as Database, evidenceId, id);
    }
    store.transact((tx) => {
      tx.pictures.markUploaded([uploaded, published]);
      tx.pictures.markPublished([published]);
    });
    photos.delete('d');
    const path = await backupsIn(undefined).make();
    close();
    expect(readFileSync(path, 'latin1')).not.toContain('photo');
    const pages: BackupPage[] = [];
    for await (const page of readBackup(path, keys)) pages.push(page);
    const kept = new Map<string, Uint8Array>();
    const rest: PrivatePage[] = [];
    const keep = async (key: string, bytes: Uint8Array) => void kept.set(key, bytes);
    for await (const page of withoutPhotos(readBackup(path, keys), keep)) rest.push(page);
    expect([...kept.keys()]).toEqual(['a', 'b']);
    for (const [key, bytes] of kept)
      expect(Buffer.from(photos.get(key) ?? []).equals(bytes)).toBe(true);
    expect(rest.find(({ kind }) => kind === 'photos')?.rows).toEqual([
      { cid: 'cid-a', spoolKey: 'a' },
      { cid: 'cid-b', spoolKey: 'b' },
      { cid: 'cid-d', spoolKey: 'd' },
    ]);
    // A photo is a page of its own, and the pages are those of a backup without photos besides.
    expect(pages.filter(({ kind }) => kind === 'photo')).toHaveLength(2);
    expect(pages).toHaveLength(rest.length + 2);
  });

  test('is refused with another key, altered or cut off anywhere', async () => {
    const { close } = openCity();
    const path = await backupsIn(undefined).make();
    close();
    const other = createKeys(new Uint8Array(32).fill(8), systemRandom);
    await expect(readAll(path, other)).rejects.toThrow('another SECRET_KEY');
    const whole = readFileSync(path);
    const chunksFrom = whole.indexOf('\n', 'city-sync backup\n'.length) + 1;
    const changed = join(folder, 'changed');
    for (let at = 0; at < whole.length; at += 1) {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(changed, bytes);
      await expect(readAll(changed), `byte ${at}`).rejects.toBeInstanceOf(BackupError);
      if (at < chunksFrom) continue;
      writeFileSync(changed, whole.subarray(0, at));
      await expect(readAll(changed), `cut at ${at}`).rejects.toThrow('damaged or cut off');
    }
    writeFileSync(changed, Buffer.concat([whole, Buffer.from([0])]));
    await expect(readAll(changed)).rejects.toThrow('damaged or cut off');
    writeFileSync(changed, 'a letter');
    await expect(readAll(changed)).rejects.toThrow('is not a backup');
  });

  test('that cannot be written leaves nothing, and is told of', async () => {
    const { close } = openCity();
    const where = join(folder, 'backups');
    writeFileSync(where, 'a file where the folder should be');
    const backups = backupsIn(undefined);
    await expect(backups.make()).rejects.toThrow();
    expect(backups.status()).toEqual({ last: null, kept: 0, failed: true });
    rmSync(where);
    await backups.make();
    expect(backups.status()).toEqual({ last: clock.time, kept: 1, failed: false });
    close();
  });
});

describe('the folder', () => {
  test('keeps the newest, and never touches what is not the city’s own', async () => {
    const { close } = openCity();
    const where = join(folder, 'elsewhere');
    const others = ['letter.txt', 'city-2020-01-01T00-00-00.000Z.backup', 'city-old.backup'];
    mkdirSync(where);
    for (const name of others) writeFileSync(join(where, name), 'not ours');
    const neighbor = backupsIn(where, 2, 'did:plc:anothercity234567abcdefg');
    clock.time -= DAY_MS;
    const theirs = await neighbor.make();
    const backups = backupsIn(where, 2);
    for (let day = 0; day < 4; day += 1) {
      clock.time += DAY_MS;
      await backups.make();
    }
    expect(backups.status()).toEqual({ last: clock.time, kept: 2, failed: false });
    const left = readdirSync(where).map((name) => join(where, name));
    expect(left).toHaveLength(others.length + 1 + 2);
    expect(left).toContain(theirs);
    for (const name of others) expect(left).toContain(join(where, name));
    // A city that starts anew sees the same.
    expect(backupsIn(where, 2).status()).toEqual({ last: clock.time, kept: 2, failed: false });
    close();
  });

  test('goes on after a clock that was a year ahead, and says when the newest really was made', async () => {
    const { close } = openCity();
    const backups = backupsIn(undefined, 3);
    for (const aheadMs of [0, DAY_MS, 365 * DAY_MS, 366 * DAY_MS, 367 * DAY_MS]) {
      clock.time += aheadMs;
      await backups.make();
      clock.time -= aheadMs;
    }
    expect(backups.status()).toEqual({ last: null, kept: 3, failed: false });
    await backups.make();
    expect(backups.status()).toEqual({ last: clock.time, kept: 3, failed: false });
    const first = clock.time;
    clock.time += DAY_MS;
    await backups.make();
    expect(backupsIn(undefined, 3).status()).toEqual({ last: clock.time, kept: 3, failed: false });
    for (let day = 0; day < 2; day += 1) {
      clock.time += DAY_MS;
      await backups.make();
    }
    const left = readdirSync(join(folder, 'backups')).toSorted();
    expect(left).toHaveLength(3);
    expect(left[0]).toContain(new Date(first + DAY_MS).toISOString().slice(0, 10));
    close();
  });

  test('lets go of drafts that a crash left, once nobody can be at them', async () => {
    const { close } = openCity();
    const where = join(folder, 'backups');
    mkdirSync(where);
    const draft = (at: number) =>
      `.city-${new Date(at).toISOString().replaceAll(':', '-')}.backup.part`;
    const [old, fresh] = [draft(clock.time - 2 * DAY_MS), draft(clock.time - MINUTE_MS)];
    for (const name of [old, fresh]) writeFileSync(join(where, name), '');
    await backupsIn(undefined).make();
    expect(readdirSync(where)).toContain(fresh);
    expect(readdirSync(where)).not.toContain(old);
    close();
  });
});

test('the one in between takes the place of the one before, and is counted for nothing else', async () => {
  const { close } = openCity();
  const backups = backupsIn(undefined, 2);
  expect(backups.newest()).toBeNull();
  const nightly = await backups.make();
  for (let times = 0; times < 3; times += 1) {
    clock.time += 10 * MINUTE_MS;
    const path = await backups.makeRecent();
    expect(newestBackup(join(folder, 'backups'), DID)).toEqual({ path, at: clock.time });
    expect(readdirSync(join(folder, 'backups'))).toHaveLength(2);
  }
  expect(backups.status()).toMatchObject({ kept: 1 });
  expect(backups.newest()).toBe(clock.time);
  expect(backupsIn(undefined, 2).newest()).toBe(clock.time);
  expect(statSync(nightly).isFile()).toBe(true);
  close();
});

test('the list of who was forgotten grows, forgives a line that was cut off, and tells a restore', async () => {
  const { close } = openCity();
  const backups = backupsIn(undefined);
  const path = await backups.make();
  const one = { digest: 'a'.repeat(64), at: 5, stoppedAt: null };
  const other = { digest: 'b'.repeat(64), at: 6, stoppedAt: 4 };
  await backups.keepForgotten([one]);
  await backups.keepForgotten([one]);
  appendFileSync(join(folder, 'backups', 'forgotten.list'), 'ccc');
  await backupsIn(undefined).keepForgotten([one, other]);
  expect(await forgottenBeside(path, keys)).toEqual([one, other]);
  close();
});

test('a newer backup tells whom an older one has to leave out', async () => {
  const { store, close } = openCity();
  const backups = backupsIn(undefined);
  const older = await backups.make();
  const one = { digest: 'a'.repeat(64), at: 5, stoppedAt: null };
  store.transact((tx) => tx.forgetting.add(one));
  clock.time += MINUTE_MS;
  await backups.makeRecent();
  expect(await forgottenBeside(older, keys)).toEqual([one]);
  close();
});

test('a database tells whose it is and with which key, or that there is none', () => {
  expect(() => ownerOf(join(folder, 'city.db'))).toThrow('There is no database at');
  const { close } = openCity();
  expect(ownerOf(join(folder, 'city.db'))).toEqual({ did: DID, keyId: keys.keyId });
  close();
  writeFileSync(join(folder, 'letter.db'), '');
  expect(() => ownerOf(join(folder, 'letter.db'))).toThrow('not the database of a city');
});
