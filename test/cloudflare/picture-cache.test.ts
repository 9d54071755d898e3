import { expect, test } from 'vitest';
import { createWebCache } from '../../src/cloudflare/picture-cache.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { createPublishedPictures } from '../../src/media/published-pictures.ts';

const PICTURE = new Uint8Array(50_000).fill(3);
/** In which no other test has kept anything. */
const newKey = (): string => `key-${crypto.randomUUID()}`;

test('a picture that was kept is there for whoever opens the cache next, until it is removed', async () => {
  const key = newKey();
  expect(await createWebCache().get(key)).toBeUndefined();
  await createWebCache().put(key, PICTURE);
  expect(await createWebCache().get(key)).toEqual(PICTURE);
  await createWebCache().remove(key);
  await createWebCache().remove(key);
  expect(await createWebCache().get(key)).toBeUndefined();
});

test('a picture takes the place of one before, and of no other', async () => {
  const cache = createWebCache();
  const [key, other] = [newKey(), newKey()];
  await cache.put(key, PICTURE);
  await cache.put(other, PICTURE);
  await cache.put(key, Uint8Array.of(1, 2));
  expect(await cache.get(key)).toEqual(Uint8Array.of(1, 2));
  expect(await cache.get(other)).toEqual(PICTURE);
});

test('a picture is kept for a limited time', async () => {
  const key = newKey();
  await createWebCache().put(key, PICTURE);
  const cache = await caches.open('published-pictures');
  const kept = await cache.match(`https://pictures.invalid/${key}`);
  expect(kept?.headers.get('cache-control')).toBe('max-age=604800');
  await kept?.body?.cancel();
});

test('a cache that does not work is an empty one', async () => {
  const broken = () => Promise.reject(new Error('There is no cache here.'));
  const failing: WebCache = { match: broken, put: broken, delete: broken };
  for (const open of [broken, async () => failing]) {
    const cache = createWebCache(open);
    await cache.put('key', PICTURE);
    await cache.remove('key');
    expect(await cache.get('key')).toBeUndefined();
  }
  // Where a body breaks off there is no picture either.
  const breaking = new ReadableStream({
    pull: (controller) => controller.error(new Error('gone')),
  });
  const half: WebCache = { ...failing, match: async () => new Response(breaking) };
  expect(await createWebCache(async () => half).get('key')).toBeUndefined();
});

test('a published picture comes from the cache once somebody has looked at it', async () => {
  const cid = cidOfBlob(PICTURE);
  const cache = createWebCache();
  await cache.put(cid, PICTURE);
  const look = createPublishedPictures({
    addressOf: () => 'https://nobody.invalid/',
    cache,
  });
  expect(await look(cid)).toEqual(PICTURE);
  await cache.remove(cid);
});
