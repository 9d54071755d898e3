import { env } from 'cloudflare:workers';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sha256Of } from '../../src/cloudflare/sha256.ts';
import { createR2Spool, spoolIn } from '../../src/cloudflare/spool.ts';

const bucket = env.PICTURES;
/** A key that nobody has given out. */
const UNKNOWN = `${'a'.repeat(64)}-${'b'.repeat(16)}`;

beforeEach(async () => {
  for (const { key } of (await bucket.list({})).objects) await bucket.delete(key);
});

/** A spool that knows how much it holds. */
async function opened(bytesMax = 1000) {
  const spool = createR2Spool(bucket, { bytesMax });
  await spool.counted;
  return spool;
}

/** Puts bytes under a key that is not theirs, as if they had changed since. */
async function change(key: string, bytes: Uint8Array): Promise<void> {
  await bucket.put(key, bytes, { sha256: await sha256Of(bytes) });
}

describe('the spool in a bucket', () => {
  test('gives back what was put, also to who opens it next', async () => {
    const key = await (await opened()).put(new Uint8Array([1, 2, 3]));
    expect(key).toMatch(
      /^039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81-[0-9a-f]{16}$/,
    );
    expect([...((await createR2Spool(bucket).get(key)) ?? [])]).toEqual([1, 2, 3]);
  });

  test('keeps the same bytes twice under two keys', async () => {
    const spool = await opened();
    const keys = await Promise.all([1, 2, 3].map(() => spool.put(new Uint8Array([7]))));
    expect(new Set(keys).size).toBe(3);
    expect((await spool.keys()).toSorted()).toEqual(keys.toSorted());
  });

  test('forgets what was removed, once or twice', async () => {
    const spool = await opened();
    const key = await spool.put(new Uint8Array(0));
    await spool.remove(key);
    await spool.remove(key);
    expect(await spool.get(key)).toBeUndefined();
    expect(await spool.keys()).toEqual([]);
  });

  test('takes back what a backup has under the key that it had, and nothing else', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    const spool = await opened();
    const key = await spool.put(bytes);
    await spool.remove(key);
    await spool.putBack(key, bytes);
    await spool.putBack(key, bytes);
    expect(await spool.keys()).toEqual([key]);
    expect([...((await spool.get(key)) ?? [])]).toEqual([1, 2, 3]);
    await expect(spool.putBack(key, new Uint8Array([9]))).rejects.toThrow('of other bytes');
    await expect(spool.putBack('../city.db', bytes)).rejects.toThrow('no key');
  });

  test('has lost what changed in the bucket', async () => {
    const spool = await opened();
    const key = await spool.put(new Uint8Array([1, 2, 3]));
    await change(key, new Uint8Array([4]));
    expect(await spool.get(key)).toBeUndefined();
  });

  test('lists every page, and nothing that is no picture', async () => {
    const spool = await opened();
    const keys = await Promise.all(
      Array.from({ length: 7 }, (_, at) => spool.put(new Uint8Array([at]))),
    );
    await change('readme.txt', new Uint8Array([1]));
    const inTwos: R2Bucket = {
      get: (key) => bucket.get(key),
      put: (key, bytes, options) => bucket.put(key, bytes, options),
      delete: (key) => bucket.delete(key),
      list: (options) => bucket.list({ ...options, limit: 2 }),
    };
    expect((await spoolIn(inTwos).keys()).toSorted()).toEqual(keys.toSorted());
  });
});

describe('there is room', () => {
  test('until the bucket is full, also for who opens it next', async () => {
    const spool = await opened(10);
    const first = await spool.put(new Uint8Array(6));
    expect(spool.hasRoom()).toBe(true);
    await spool.put(new Uint8Array(6));
    expect([spool.hasRoom(), (await opened(10)).hasRoom()]).toEqual([false, false]);
    await spool.remove(first);
    await spool.remove(first);
    expect(spool.hasRoom()).toBe(true);
  });

  test('while nobody knows yet how much is in it, or when it cannot be counted', async () => {
    await (await opened()).put(new Uint8Array(20));
    const waking = createR2Spool(bucket, { bytesMax: 10 });
    expect(waking.hasRoom()).toBe(true);
    await waking.counted;
    expect(waking.hasRoom()).toBe(false);
    const failing: R2Bucket = {
      get: (key) => bucket.get(key),
      put: (key, bytes, options) => bucket.put(key, bytes, options),
      delete: (key) => bucket.delete(key),
      list: () => Promise.reject(new Error('R2 is not there.')),
    };
    const blind = createR2Spool(failing, { bytesMax: 10 });
    await blind.counted;
    expect(blind.hasRoom()).toBe(true);
  });

  test('or not, by what another worker has put there', async () => {
    const spool = await opened(10);
    const key = await spoolIn(bucket).put(new Uint8Array(20));
    expect(spool.hasRoom()).toBe(true);
    spool.noteKept(key, 20);
    expect(spool.hasRoom()).toBe(false);
    await spoolIn(bucket).remove(key);
    // To list them is to count them.
    await spool.keys();
    expect(spool.hasRoom()).toBe(true);
  });
});

describe('a key', () => {
  const escaping = ['', '.', '..', '../city.db', '/etc/passwd', `${UNKNOWN}/..`, `${UNKNOWN}\n`];

  test.each(escaping)('%j is none', async (key) => {
    const spool = await opened();
    await expect(spool.get(key)).rejects.toThrow('no key');
    await expect(spool.remove(key)).rejects.toThrow('no key');
  });

  test('that was not given out is refused, whatever it is', async () => {
    const spool = await opened();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 120 }), async (key) => {
        await expect(spool.get(key)).rejects.toThrow('no key');
      }),
    );
    expect(await spool.get(UNKNOWN)).toBeUndefined();
  });
});
