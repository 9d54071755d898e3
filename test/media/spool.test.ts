import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSpool } from '../../src/media/spool.ts';

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

  test('forgets what was removed, once or twice', async () => {
    const spool = createSpool(directory);
    const key = await spool.put(new Uint8Array(0));
    await spool.remove(key);
    await spool.remove(key);
    expect(await spool.get(key)).toBeUndefined();
    expect(await spool.keys()).toEqual([]);
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
