import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPictureCache } from '../../src/media/picture-cache.ts';

let folder: string;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'city-sync-cache-')), 'cache');
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true, force: true }));

const open = (limits: { bytesMax?: number; picturesMax?: number } = {}) =>
  createPictureCache(folder, { bytesMax: 1000, picturesMax: 3, ...limits });
const picture = (size: number, fill = 7) => new Uint8Array(size).fill(fill);

describe('the cache of pictures', () => {
  it('gives back what was put, to nobody else on the machine', async () => {
    const cache = open();
    await cache.put('one', picture(10));
    expect(await cache.get('one')).toEqual(picture(10));
    expect(await cache.get('two')).toBeUndefined();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'one')).mode & 0o777).toBe(0o600);
  });

  it('lets go of the least recently used when there are too many', async () => {
    const cache = open();
    for (const key of ['a', 'b', 'c']) await cache.put(key, picture(1));
    await cache.get('a');
    await cache.put('d', picture(1));
    expect(await cache.get('b')).toBeUndefined();
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'c', 'd']);
  });

  it('lets go of as many as it takes when they are too big, and keeps none that is bigger', async () => {
    const cache = open();
    for (const key of ['a', 'b', 'c']) await cache.put(key, picture(300));
    await cache.put('d', picture(700));
    expect(readdirSync(folder).toSorted()).toEqual(['c', 'd']);
    await cache.put('e', picture(1001));
    expect(readdirSync(folder).toSorted()).toEqual(['c', 'd']);
  });

  it('counts a picture that is put again once', async () => {
    const cache = open();
    for (let time = 0; time < 20; time += 1) await cache.put('same', picture(900));
    await cache.put('other', picture(100));
    expect(readdirSync(folder).toSorted()).toEqual(['other', 'same']);
  });

  it('finds at a start what is there, and lets go of the least recently used of that too', async () => {
    const first = open();
    for (const key of ['a', 'b', 'c']) await first.put(key, picture(1));
    for (const [at, key] of ['b', 'a', 'c'].entries()) {
      utimesSync(join(folder, key), at + 1, at + 1);
    }
    writeFileSync(join(folder, 'half.1.part'), 'half');
    const second = open();
    expect(readdirSync(folder).toSorted()).toEqual(['a', 'b', 'c']);
    await second.put('d', picture(1));
    utimesSync(join(folder, 'd'), 5, 5);
    expect(await second.get('b')).toBeUndefined();
    expect(await second.get('a')).toEqual(picture(1));
    open({ picturesMax: 1 });
    await expect.poll(() => readdirSync(folder)).toEqual(['a']);
  });

  it('says that there is none where the file is gone, and leads nowhere else', async () => {
    const cache = open();
    await cache.put('a', picture(1));
    rmSync(join(folder, 'a'));
    expect(await cache.get('a')).toBeUndefined();
    await cache.put('../a', picture(1)).catch(() => undefined);
    expect(await cache.get('../a')).toBeUndefined();
    expect(readdirSync(join(folder, '..'))).toEqual(['cache']);
  });

  it('keeps nothing where the disk takes nothing, and works on', async () => {
    const cache = open();
    rmSync(folder, { recursive: true });
    await cache.put('a', picture(1));
    expect(await cache.get('a')).toBeUndefined();
  });
});
