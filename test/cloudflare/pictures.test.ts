// The same table is held up to the pictures of a city on Node: test/media/picture-decisions.test.ts.
import { env } from 'cloudflare:workers';
import { bytesToHex } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeJpeg, encodeJpeg } from '../../src/cloudflare/jpeg.ts';
import { createImagesCleaner } from '../../src/cloudflare/pictures.ts';
import { sha256BytesOf } from '../../src/cloudflare/sha256.ts';
import { hashDistance } from '../../src/lib/alike.ts';
import { cidOfBlob } from '../../src/lib/cid.ts';
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

const clean = createImagesCleaner(env.IMAGES);

async function isRed(bytes: Uint8Array, [x, y]: readonly [number, number]): Promise<boolean> {
  const { data, raw } = await decodeJpeg(bytes);
  const at = Math.floor(raw.height * y) * raw.width + Math.floor(raw.width * x);
  const [red = 0, , blue = 0] = data.subarray(at * raw.channels);
  return red > 150 && blue < 100;
}

async function holds(bytes: Uint8Array, decision: Decision): Promise<void> {
  const cleaned = await clean(bytes);
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

  test.each(DIFFERENT)('%s', async (_name, make, _onNode, onCloudflare) => {
    await holds(make(), onCloudflare);
  });
});

/** A third of what two pictures that look alike may differ by: most of these differ by none. */
const BITS_MAX = 5;

test.each(LOOKS)('%s looks nearly as it does on Node', async (name, hash) => {
  const cleaned = await clean(drawnPicture(name));
  const seen = cleaned.ok ? cleaned.value.perceptualHash : null;
  expect(hashDistance(seen ?? '', hash)).toBeLessThanOrEqual(BITS_MAX);
});

test('a clean picture is described as it is', async () => {
  const cleaned = await clean(drawnPicture('photo 0'));
  if (!cleaned.ok) throw new Error(cleaned.refusal.code);
  const { bytes, ...facts } = cleaned.value;
  const digest = await sha256BytesOf(bytes);
  expect(facts).toEqual({
    ...{ mediaType: 'image/jpeg', width: 240, height: 180, sizeBytes: bytes.length },
    ...{ sha256: bytesToHex(digest), cid: cidOfBlob(bytes) },
    perceptualHash: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('what compresses worst stays under a million bytes, with fewer pixels', async () => {
  const raw = { width: 2048, height: 2048, channels: 4 } as const;
  const data = new Uint8Array(raw.width * raw.height * raw.channels);
  for (let at = 0; at < data.length; at += 60_000) {
    crypto.getRandomValues(data.subarray(at, at + 60_000));
  }
  const noise = await encodeJpeg({ data, raw }, 90);
  expect(noise.length).toBeGreaterThan(2_000_000);
  const cleaned = await clean(noise);
  if (!cleaned.ok) throw new Error(cleaned.refusal.code);
  expect(cleaned.value.sizeBytes).toBeLessThan(1_000_000);
  expect(cleaned.value.width).toBeLessThan(raw.width);
  expect((await decodeJpeg(cleaned.value.bytes)).raw).toMatchObject({
    width: cleaned.value.width,
    height: cleaned.value.height,
  });
});

describe('any bytes', () => {
  const NAMES = ['jpeg', 'png', 'gif', 'webp', 'photo 0'] as const;
  const codes = /^(?:taken|picture-[a-z-]+)$/;
  const answerTo = async (bytes: Uint8Array): Promise<string> => {
    const cleaned = await clean(bytes);
    return cleaned.ok ? 'taken' : cleaned.refusal.code;
  };

  test('at random get an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(await answerTo(bytes)).toMatch(codes);
      }),
    );
  });

  test('of a picture that was damaged get an answer', async () => {
    const damage = fc.array(fc.tuple(fc.nat(10_000), fc.nat(255)), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...NAMES), damage, fc.nat(9999), async (name, all, cut) => {
        const bytes = drawnPicture(name);
        for (const [at, value] of all) bytes[at % bytes.length] = value;
        const part = bytes.subarray(0, Math.max(1, bytes.length - (cut % bytes.length)));
        expect(await answerTo(cut % 2 === 0 ? bytes : part)).toMatch(codes);
      }),
      { numRuns: 100 },
    );
  });
});
