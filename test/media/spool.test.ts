import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSpool, spoolBeside, spoolReader } from '../../src/media/spool.ts';

let parent = '';
let directory = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'spool-'));
  directory = join(parent, 'pictures');
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

describe('the spool', () => {
  test('gives back what was put, also to the next process', async () => {
    const key = await createSpool(directory).put(new Uint8Array([1, 2, 3]));
    expect(key).toMatch(
      /^039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81-[0-9a-f]{16}$/,
    );
    const bytes = await createSpool(directory).get(key);
    expect([...(bytes ?? [])]).toEqual([1, 2, 3]);
  });

  test('keeps the same bytes twice under two keys', async () => {
    const spool = createSpool(directory);
    const keys = await Promise.all([1, 2, 3].map(() => spool.put(new Uint8Array([7]))));
    expect(new Set(keys).size).toBe(3);
    expect((await spool.keys()).toSorted()).toEqual(keys.toSorted());
  });

  test('has room until it is full, also in the next process', async () => {
    const limits = { bytesMax: 10, freeBytesMin: 0 };
    const spool = createSpool(directory, limits);
    const keys = [await spool.put(new Uint8Array(6))];
    expect(spool.hasRoom()).toBe(true);
    keys.push(await spool.put(new Uint8Array(6)));
    expect([spool.hasRoom(), createSpool(directory, limits).hasRoom()]).toEqual([false, false]);
    await spool.remove(keys[0] ?? '');
    await spool.remove(keys[0] ?? '');
    expect(spool.hasRoom()).toBe(true);
    const full = { bytesMax: 100, freeBytesMin: Number.MAX_SAFE_INTEGER };
    expect(createSpool(directory, full).hasRoom()).toBe(false);
  });

  test('forgets what was removed, once or twice', async () => {
    const spool = createSpool(directory);
    const key = await spool.put(new Uint8Array(0));
    await spool.remove(key);
    await spool.remove(key);
    expect(await spool.get(key)).toBeUndefined();
    expect(await spool.keys()).toEqual([]);
  });

  test('takes back what a backup has under the key that it had, and nothing else', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const key = await createSpool(directory).put(bytes);
    rmSync(directory, { recursive: true });
    const spool = createSpool(directory);
    await spool.putBack(key, bytes);
    await spool.putBack(key, bytes);
    expect(await spool.keys()).toEqual([key]);
    expect([...((await spool.get(key)) ?? [])]).toEqual([1, 2, 3]);
    await expect(spool.putBack(key, new Uint8Array([9]))).rejects.toThrow('of other bytes');
    await expect(spool.putBack('../city.db', bytes)).rejects.toThrow();
  });

  test('can be read while another process uses it', async () => {
    const spool = createSpool(directory);
    const key = await spool.put(new Uint8Array([5]));
    const unfinished = `${'a'.repeat(64)}-${'b'.repeat(16)}.part`;
    writeFileSync(join(directory, unfinished), 'half');
    const read = spoolReader(directory);
    expect([...((await read(key)) ?? [])]).toEqual([5]);
    expect(await read(`${'a'.repeat(64)}-${'b'.repeat(16)}`)).toBeUndefined();
    // What the other one is writing is its own.
    expect(readdirSync(directory)).toContain(unfinished);
    expect(spoolBeside('/data/city.db')).toBe('/data/pictures');
  });

  test('lets nobody else read', async () => {
    const key = await createSpool(directory).put(new Uint8Array([1]));
    expect(statSync(join(directory, key)).mode & 0o777).toBe(0o600);
    expect(statSync(directory).mode & 0o777).toBe(0o700);
  });

  test('clears away what was half written when the process died', async () => {
    createSpool(directory);
    const unfinished = `${'a'.repeat(64)}-${'b'.repeat(16)}.part`;
    writeFileSync(join(directory, unfinished), 'half');
    const spool = createSpool(directory);
    expect(await spool.keys()).toEqual([]);
    expect(readdirSync(directory)).toEqual([]);
  });

  test('has lost what changed on the disk', async () => {
    const spool = createSpool(directory);
    const key = await spool.put(new Uint8Array([1, 2, 3]));
    writeFileSync(join(directory, key), 'other');
    expect(await spool.get(key)).toBeUndefined();
  });
});

describe('a key', () => {
  const escaping = [
    '',
    '.',
    '..',
    '../city.db',
    '/etc/passwd',
    `${'a'.repeat(64)}-${'b'.repeat(16)}/..`,
  ];

  test.each([...escaping, `${'a'.repeat(64)}-${'b'.repeat(16)}\n`])('%j is none', async (key) => {
    const spool = createSpool(directory);
    writeFileSync(join(parent, 'city.db'), 'precious');
    await expect(spool.get(key)).rejects.toThrow('no key');
    await expect(spool.remove(key)).rejects.toThrow('no key');
    expect(readdirSync(parent)).toContain('city.db');
  });

  test('that was not given out is refused, whatever it is', async () => {
    const spool = createSpool(directory);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 120 }), async (key) => {
        await expect(spool.get(key)).rejects.toThrow('no key');
      }),
    );
  });
});
