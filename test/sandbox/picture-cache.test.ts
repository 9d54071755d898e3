import { expect, test } from 'vitest';
import { createPictureCache } from '../../src/sandbox/picture-cache.ts';

const MEGABYTE = 1024 * 1024;

test('the newest pictures are kept, however many come and however big they are', () => {
  const cache = createPictureCache();
  for (let at = 1; at <= 100; at += 1) cache.put(new Uint8Array(1), String(at));
  const kept = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, at) => cache.get(String(from + at))).filter(Boolean);
  expect(kept(1, 40)).toHaveLength(0);
  expect(kept(41, 100)).toHaveLength(60);

  for (let at = 101; at <= 120; at += 1) cache.put(new Uint8Array(9 * MEGABYTE), String(at));
  expect(kept(101, 113)).toHaveLength(0);
  expect(kept(114, 120)).toHaveLength(7);
});

test('a picture put again under its key is kept once', () => {
  const cache = createPictureCache();
  for (let at = 0; at < 20; at += 1) cache.put(new Uint8Array(9 * MEGABYTE), 'same');
  cache.put(new Uint8Array(1), 'other');
  expect(cache.get('same')).toBeDefined();
  expect(cache.get('other')).toBeDefined();
});
