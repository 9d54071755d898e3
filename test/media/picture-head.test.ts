import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { readPictureHead } from '../../src/media/picture-head.ts';
import { exifOf, exifSegment } from '../support/metadata.ts';
import { hugePng, jpegWith, pngChunk, pngWith } from '../support/picture-bytes.ts';
import { noise, twoFrames } from '../support/pictures.ts';

const FORMATS = ['jpeg', 'png', 'gif', 'webp'] as const;
type Format = (typeof FORMATS)[number];

const MADE: readonly (readonly [string, Format, (picture: Sharp) => Sharp])[] = [
  ['a JPEG', 'jpeg', (picture) => picture.jpeg()],
  ['a progressive JPEG', 'jpeg', (picture) => picture.jpeg({ progressive: true })],
  [
    'a JPEG with all its colours',
    'jpeg',
    (picture) => picture.jpeg({ chromaSubsampling: '4:4:4' }),
  ],
  ['a grey JPEG', 'jpeg', (picture) => picture.greyscale().jpeg()],
  ['a JPEG of four colours', 'jpeg', (picture) => picture.toColourspace('cmyk').jpeg()],
  ['a JPEG by MozJPEG', 'jpeg', (picture) => picture.jpeg({ mozjpeg: true })],
  ['a PNG', 'png', (picture) => picture.png()],
  ['a PNG of 16 bits', 'png', (picture) => picture.toColourspace('rgb16').png()],
  ['an interlaced PNG', 'png', (picture) => picture.png({ progressive: true })],
  ['a PNG that one can see through', 'png', (picture) => picture.ensureAlpha(0.5).png()],
  ['a grey PNG', 'png', (picture) => picture.greyscale().png()],
  ['a PNG of few colours', 'png', (picture) => picture.png({ palette: true, colours: 8 })],
  ['a GIF', 'gif', (picture) => picture.gif()],
  ['a WebP', 'webp', (picture) => picture.webp()],
  ['a WebP without loss', 'webp', (picture) => picture.webp({ lossless: true })],
  ['a WebP that one can see through', 'webp', (picture) => picture.ensureAlpha(0.5).webp()],
];

describe('the head says what a decoder of all formats says', () => {
  test.each(MADE)('%s', async (_name, format, make) => {
    const bytes = await make(noise(37, 53)).toBuffer();
    const seen = await sharp(bytes).metadata();
    const head = readPictureHead(bytes, format);
    expect(head).toMatchObject({ format, width: 37, height: 53, frames: 1 });
    if (format === 'jpeg' || format === 'png') {
      expect(head).toMatchObject({
        isProgressive: seen.isProgressive,
        channels: seen.channels,
        sampleBytes: seen.depth === 'ushort' ? 2 : 1,
        isSubsampled: seen.chromaSubsampling === '4:2:0',
      });
    }
  });

  test.each(['gif', 'webp'] as const)('how many frames a moving %s has', async (format) => {
    const bytes = await (await twoFrames(16)).toFormat(format).toBuffer();
    expect(readPictureHead(bytes, format)).toMatchObject({ width: 16, height: 16, frames: 2 });
  });

  test('behind what a phone writes before it', async () => {
    const plain = await noise(37, 53).jpeg().toBuffer();
    const thumbnail = await noise(8, 8).jpeg().toBuffer();
    const bytes = jpegWith(plain, exifSegment(exifOf('Ana', thumbnail)));
    expect(readPictureHead(bytes, 'jpeg')).toMatchObject({ width: 37, height: 53 });
  });

  test('of a picture far too large, and of a PNG that moves', async () => {
    const huge = readPictureHead(hugePng(20_000, 20_000), 'png');
    expect(huge).toMatchObject({ width: 20_000, height: 20_000 });
    const moving = pngWith(await noise(9, 9).png().toBuffer(), pngChunk('acTL', Buffer.alloc(8)));
    expect(readPictureHead(moving, 'png')).toMatchObject({ width: 9, frames: 1 });
  });
});

describe('a picture that is cut off has no head, however forgiving its decoder is', () => {
  const lacking = async (format: Format, missing: number) => {
    const bytes = await noise(37, 53).toFormat(format).toBuffer();
    return readPictureHead(bytes.subarray(0, -missing), format);
  };

  test.each([
    ['png', 12, 13],
    ['gif', 1, 2],
  ] as const)('a %s may lack the %i bytes of its end, and not %i', async (format, few, many) => {
    expect(await lacking(format, few)).not.toBeNull();
    expect(await lacking(format, many)).toBeNull();
  });

  test('a WebP may lack nothing', async () => {
    expect(await lacking('webp', 1)).toBeNull();
  });
});

describe('any bytes', () => {
  let originals: Buffer[] = [];
  beforeAll(async () => {
    const moving = await twoFrames(8);
    originals = await Promise.all([
      ...FORMATS.map((format) => noise(24, 24).toFormat(format).toBuffer()),
      moving.clone().gif().toBuffer(),
      moving.clone().webp().toBuffer(),
    ]);
  });
  const isSound = (bytes: Uint8Array): boolean =>
    FORMATS.every((format) => {
      const head = readPictureHead(bytes, format);
      return head === null || (head.width > 0 && head.height > 0 && head.frames > 0);
    });

  test('at random are read to an end', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), isSound), { numRuns: 500 });
  });

  test('of a picture that was damaged or cut off are read to an end', () => {
    const damage = fc.array(fc.tuple(fc.nat(10_000), fc.nat(255)), { maxLength: 20 });
    fc.assert(
      fc.property(fc.nat(5), damage, fc.nat(10_000), (which, changes, cut) => {
        const bytes = Uint8Array.from(originals[which] ?? []);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        return isSound(bytes.subarray(0, bytes.length - (cut % bytes.length)));
      }),
      { numRuns: 1000 },
    );
  });

  test('that begin well, and say the same ten million times', () => {
    const starts = originals.map((bytes) => bytes.subarray(0, 40));
    for (const filling of [0x00, 0x01, 0x21, 0x2c, 0xff]) {
      for (const start of starts) {
        const bytes = new Uint8Array(10_000_000).fill(filling);
        bytes.set(start);
        expect(isSound(bytes)).toBe(true);
      }
    }
  });
});
