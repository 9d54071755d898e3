import { env } from 'cloudflare:workers';
import { beforeEach, expect, test } from 'vitest';
import { createPictureBucket } from '../../src/sandbox/picture-bucket.ts';

const bucket = env.PICTURES;
beforeEach(async () => {
  for (const { key } of (await bucket.list({})).objects) await bucket.delete(key);
});

const kept = async () => (await bucket.list({})).objects.map(({ key }) => key).toSorted();

test('it gives back what was put, also to who opens it next', async () => {
  await createPictureBucket(bucket, 2).put('one', new Uint8Array([1, 2]));
  const next = createPictureBucket(bucket, 2);
  expect([...((await next.get('one')) ?? [])]).toEqual([1, 2]);
  expect(await next.get('another')).toBeUndefined();
});

test('it keeps the last that were put, each once', async () => {
  const pictures = createPictureBucket(bucket, 2);
  for (const key of ['one', 'two', 'one', 'three']) await pictures.put(key, new Uint8Array([7]));
  expect(await kept()).toEqual(['one', 'three']);
  await pictures.remove('one');
  await pictures.put('four', new Uint8Array([7]));
  expect(await kept()).toEqual(['four', 'three']);
});
