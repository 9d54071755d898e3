import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cidOfBlob } from '../../src/lib/cid.ts';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { cleanPicture } from '../../src/media/picture.ts';
import { createSpool } from '../../src/media/spool.ts';
import type { Spool } from '../../src/media/spool-port.ts';
import { twoColours } from '../support/pictures.ts';

let directory = '';
let spool: Spool;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'check-'));
  spool = createSpool(directory);
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('a picture that is taken waits clean beside the one that came', async () => {
  const raw = await spool.put(await twoColours(80, 60).png().toBuffer());
  const result = await createPictureCheck(spool, cleanPicture)(raw);
  if (!result.ok) throw new Error(result.refusal.code);
  const { spoolKey, cid, width, height } = result.value;
  const bytes = (await spool.get(spoolKey)) ?? new Uint8Array();
  expect(cidOfBlob(bytes)).toBe(cid);
  expect(await sharp(bytes).metadata()).toMatchObject({ format: 'jpeg', width, height });
  expect((await spool.keys()).toSorted()).toEqual([raw, spoolKey].toSorted());
});

test('a picture that is refused leaves nothing new, and one that is lost is broken', async () => {
  const check = createPictureCheck(spool, cleanPicture);
  const text = await spool.put(new TextEncoder().encode('not a picture'));
  expect(await check(text)).toMatchObject({ refusal: { code: 'picture-not-a-picture' } });
  expect(await spool.keys()).toEqual([text]);
  await spool.remove(text);
  expect(await check(text)).toMatchObject({ refusal: { code: 'picture-broken' } });
});
