import { createExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { expect, test } from 'vitest';
import { Pictures } from '../../src/cloudflare/pictures-entrypoint.ts';
import { spoolIn } from '../../src/cloudflare/spool.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { drawnPicture } from '../support/picture-decisions.ts';

const spool = spoolIn(env.PICTURES);
const check = (key: string) => new Pictures(createExecutionContext(), env).check(key);

test('a picture that is taken waits clean beside the one that came; its pixels stay there', async () => {
  const raw = await spool.put(drawnPicture('jpeg of a phone'));
  const result = await check(raw);
  if (!result.ok) throw new Error(result.refusal.code);
  // What goes through a call of another worker is copied: nothing but texts and numbers.
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  const { spoolKey, ...facts } = result.value;
  const bytes = (await spool.get(spoolKey)) ?? new Uint8Array();
  expect(cidOfBlob(bytes)).toBe(facts.cid);
  expect(facts).toEqual({
    ...{ mediaType: 'image/jpeg', width: 80, height: 60, sizeBytes: bytes.length },
    ...{ sha256: spoolKey.slice(0, 64), cid: facts.cid, perceptualHash: null },
  });
  expect(await spool.get(raw)).toBeDefined();
});

test('a picture that is refused leaves nothing new, and one that is lost is broken', async () => {
  const text = await spool.put(new TextEncoder().encode('not a picture'));
  const before = await spool.keys();
  expect(await check(text)).toMatchObject({ refusal: { code: 'picture-not-a-picture' } });
  expect(await spool.keys()).toEqual(before);
  await spool.remove(text);
  expect(await check(text)).toMatchObject({ refusal: { code: 'picture-broken' } });
});

test('pictures that come at once are checked beside one another', async () => {
  const names = ['jpeg', 'png', 'webp', 'photo that is large', 'photo 1', 'moving gif'];
  const keys = await Promise.all(names.map((name) => spool.put(drawnPicture(name))));
  const results = await Promise.all(keys.map(check));
  expect(results.map((result) => (result.ok ? result.value.width : result.refusal.code))).toEqual([
    80,
    80,
    80,
    2048,
    240,
    'picture-animated',
  ]);
});
