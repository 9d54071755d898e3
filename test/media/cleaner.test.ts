// Whoever sends pictures that take too much must not take it from anybody else.
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createCleaner } from '../../src/media/cleaner.ts';
import { cleanPicture } from '../../src/media/picture.ts';
import { pngChunk, pngWith } from '../support/picture-bytes.ts';
import { twoColours } from '../support/pictures.ts';

const clean = createCleaner();
const code = async (bytes: Uint8Array, by = clean): Promise<string> => {
  const result = await by(bytes);
  return result.ok ? 'taken' : result.refusal.code;
};

/** A progressive JPEG with its last scan there so many times more. */
async function scans(width: number, height: number, times: number): Promise<Buffer> {
  const black = { width, height, channels: 3 as const, background: '#000' };
  const jpeg = await sharp({ create: black }).jpeg({ quality: 1, progressive: true }).toBuffer();
  const scan = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
  const more = Array<Buffer>(times).fill(scan);
  return Buffer.concat([jpeg.subarray(0, -2), ...more, jpeg.subarray(-2)]);
}

describe('a picture in a process of its own', () => {
  test('is the same as without one', async () => {
    for (const format of ['jpeg', 'png', 'webp', 'gif'] as const) {
      const bytes = await twoColours(80, 60).toFormat(format).toBuffer();
      expect(await clean(bytes)).toEqual(await cleanPicture(bytes));
    }
    expect(await code(Buffer.from('not a picture'))).toBe('picture-not-a-picture');
  });

  test('of any size of a phone is taken', async () => {
    const photo = await twoColours(8000, 6000).jpeg().toBuffer();
    expect(await code(photo)).toBe('taken');
    const sent = await twoColours(4000, 3000).jpeg({ progressive: true }).toBuffer();
    expect(await code(sent)).toBe('taken');
    const screen = await twoColours(1290, 2796).png().toBuffer();
    expect(await code(screen)).toBe('taken');
  });

  test('of another kind is refused, also where its decoder is there', async () => {
    for (const format of ['tiff', 'avif'] as const) {
      const bytes = await twoColours(80, 60).toFormat(format).toBuffer();
      expect(await code(bytes)).toBe('picture-kind');
    }
  });
});

describe('a picture that takes too much is refused, and the next is looked at', () => {
  const large = { width: 7000, height: 7000, channels: 3 as const, background: '#123' };
  const claim = async (): Promise<Buffer> => {
    const bytes = await twoColours(80, 60).webp({ lossless: true }).toBuffer();
    // Fourteen bits each of width and height, less one, after the signature of VP8L.
    const at = bytes.indexOf('VP8L') + 9;
    bytes.writeUInt32LE((bytes.readUInt32LE(at) & 0xf0000000) | (6999 << 14) | 6999, at);
    return bytes;
  };

  test.each([
    ['memory', () => scans(8000, 4100, 0)],
    ['memory by its head: a progressive JPEG of 48 megapixels', () => scans(8000, 6000, 90)],
    [
      'memory by its head: an interlaced PNG of 16 bits',
      () => sharp({ create: large }).toColourspace('rgb16').png({ progressive: true }).toBuffer(),
    ],
    ['memory by its head: a WebP that claims to be large', claim],
    [
      'memory by its head: a GIF without motion',
      () =>
        sharp({ create: { ...large, width: 4000, height: 4000 } })
          .gif()
          .toBuffer(),
    ],
  ])('%s', async (_what, make) => {
    const bytes = await make();
    expect(bytes.length).toBeLessThan(2_000_000);
    expect(await code(bytes)).toBe('picture-too-heavy');
    expect(await code(await twoColours(80, 60).png().toBuffer())).toBe('taken');
  });

  test('time', async () => {
    const photo = await twoColours(8000, 6000).jpeg().toBuffer();
    expect(await code(photo, createCleaner({ timeMs: 10 }))).toBe('picture-too-heavy');
  });

  test('scans without end', async () => {
    expect(await code(await scans(4000, 4000, 90))).toBe('picture-broken');
  });

  test('a PNG whose profile unpacks to a hundred megabytes', async () => {
    const png = await twoColours(80, 60).png().toBuffer();
    const packed = deflateSync(Buffer.alloc(100_000_000), { level: 9 });
    const profile = pngChunk('iCCP', Buffer.concat([Buffer.from('icc\0\0'), packed]));
    expect(await code(pngWith(png, profile))).toMatch(/^(taken|picture-(broken|too-heavy))$/);
  });
});

describe('the process', () => {
  const program = fileURLToPath(new URL('../support/cleaner-program.ts', import.meta.url));
  const say = (order: string): Uint8Array => new TextEncoder().encode(order);

  test('is used again, until it is worn out or idle', async () => {
    const fake = createCleaner({ program });
    const first = await code(say('look'), fake);
    expect(await code(say('last'), fake)).toBe(first);
    expect(await code(say('look'), fake)).not.toBe(first);
    const hasty = createCleaner({ program, idleMs: 0 });
    const before = await code(say('look'), hasty);
    await expect.poll(() => code(say('look'), hasty)).not.toBe(before);
  });

  test('that dies takes its picture along at the second time, and no other', async () => {
    const fake = createCleaner({ program });
    const codes = await Promise.all(
      ['die', 'look', 'look', 'die', 'look'].map((order) => code(say(order), fake)),
    );
    expect(codes.map((one) => one.replace(/\d+/, 'n'))).toEqual([
      'picture-broken',
      'process-n',
      'process-n',
      'picture-broken',
      'process-n',
    ]);
  });

  test('works on two pictures at once, and no more', async () => {
    const fake = createCleaner({ program });
    const codes = await Promise.all(Array.from({ length: 12 }, () => code(say('look'), fake)));
    expect(new Set(codes).size).toBeLessThanOrEqual(2);
  });

  test('that ends before it says anything has opened nothing', async () => {
    const fake = createCleaner({ program: '/nowhere/program.ts' });
    expect(await code(say('look'), fake)).toBe('picture-broken');
  });
});
