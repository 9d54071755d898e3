// The same table is held up to the pictures of a city on Cloudflare: test/cloudflare.
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { hashDistance } from '../../src/lib/alike.ts';
import { cleanPicture } from '../../src/media/picture.ts';
import { metadataIn } from '../support/metadata.ts';
import {
  DECISIONS,
  type Decision,
  DIFFERENT,
  drawnPicture,
  LOOKS,
  PLACES,
  SECRET,
} from '../support/picture-decisions.ts';

async function isRed(bytes: Uint8Array, [x, y]: readonly [number, number]): Promise<boolean> {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = Math.floor(info.height * y) * info.width + Math.floor(info.width * x);
  const [red = 0, , blue = 0] = data.subarray(at * info.channels);
  return red > 150 && blue < 100;
}

async function holds(bytes: Uint8Array, decision: Decision): Promise<void> {
  const cleaned = await cleanPicture(bytes);
  if (!cleaned.ok) return expect(cleaned.refusal.code).toBe(decision);
  const { value } = cleaned;
  const { red, ...taken } = typeof decision === 'string' ? { size: decision } : decision;
  expect({ size: [value.width, value.height] }).toEqual(taken);
  if (red !== undefined) expect(await isRed(value.bytes, PLACES[red])).toBe(true);
  expect(metadataIn(value.bytes)).toEqual([]);
  expect(Buffer.from(value.bytes).includes(SECRET)).toBe(false);
}

describe('what becomes of a picture', () => {
  test.each(DECISIONS)('%s', async (_name, make, decision) => {
    await holds(make(), decision);
  });

  test.each(DIFFERENT)('%s', async (_name, make, onNode) => {
    await holds(make(), onNode);
  });
});

test.each(LOOKS)('%s looks as it did when it was drawn', async (name, hash) => {
  const cleaned = await cleanPicture(drawnPicture(name));
  const seen = cleaned.ok ? cleaned.value.perceptualHash : null;
  expect(hashDistance(seen ?? '', hash)).toBeLessThanOrEqual(2);
});
