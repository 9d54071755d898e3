// Files that are two things at once, far larger than they seem, of odd shape, or not what we take:
// each is drawn anew from its pixels, or refused with the reason, and none takes long.
import { deflateSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { CleanPicture } from '../../src/media/clean-picture.ts';
import { cleanPicture } from '../../src/media/picture.ts';
import { metadataIn } from '../support/metadata.ts';
import { hugePng, pngChunk, pngWith } from '../support/picture-bytes.ts';
import { noise, twoColours } from '../support/pictures.ts';

const latin = (text: string) => Buffer.from(text, 'latin1');
const EVIL = '<script>steal()</script>';
const ZIP = latin('PK\x03\x04\x14\0\0\0\0\0evil.class');

let jpeg: Buffer;
let png: Buffer;
let gif: Buffer;
beforeAll(async () => {
  jpeg = await twoColours(80, 60).jpeg().toBuffer();
  png = await twoColours(80, 60).png().toBuffer();
  gif = await twoColours(80, 60).gif().toBuffer();
});

async function cleaned(bytes: Uint8Array): Promise<CleanPicture> {
  const result = await cleanPicture(bytes);
  if (!result.ok) throw new Error(result.refusal.code);
  expect(metadataIn(result.value.bytes)).toEqual([]);
  return result.value;
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const result = await cleanPicture(bytes);
  return result.ok ? 'taken' : result.refusal.code;
}

describe('a file that is two things is only the picture afterwards', () => {
  const others: readonly (readonly [string, () => Buffer])[] = [
    ['JPEG and ZIP', () => Buffer.concat([jpeg, ZIP])],
    ['JPEG and a web page', () => Buffer.concat([jpeg, latin(`<html>${EVIL}</html>`)])],
    ['JPEG and PHP', () => Buffer.concat([jpeg, latin(`<?php ${EVIL} ?>`)])],
    [
      'JPEG and a film, as phones make it',
      () => Buffer.concat([jpeg, latin(`\0\0\0\x18ftypmp42${EVIL}`)]),
    ],
    ['JPEG and PDF', () => Buffer.concat([jpeg, latin(`%PDF-1.7\n${EVIL}`)])],
    ['PNG and what follows its end', () => Buffer.concat([png, ZIP, latin(EVIL)])],
    ['PNG with a page in a chunk', () => pngWith(png, pngChunk('tEXt', latin(`x\0${EVIL}`)))],
    ['GIF and JAR', () => Buffer.concat([gif, ZIP])],
  ];
  test.each(others)('%s', async (_name, make) => {
    const { bytes, width, height } = await cleaned(make());
    expect([width, height]).toEqual([80, 60]);
    for (const trace of ['script', 'PK\x03\x04', '%PDF', 'ftyp', '<?php']) {
      expect([trace, Buffer.from(bytes).includes(trace, 0, 'latin1')]).toEqual([trace, false]);
    }
  });

  test.each([
    [
      'a page in front of a JPEG',
      () => Buffer.concat([latin(EVIL), jpeg]),
      'picture-not-a-picture',
    ],
    ['a ZIP in front of a JPEG', () => Buffer.concat([ZIP, jpeg]), 'picture-not-a-picture'],
    [
      'a PDF in front of a JPEG',
      () => Buffer.concat([latin('%PDF-1.7\n'), jpeg]),
      'picture-document',
    ],
    [
      'an SVG around a JPEG',
      () => latin(`<svg><image href="data:;base64,${jpeg.toString('base64')}"/></svg>`),
      'picture-drawing',
    ],
    [
      'a JPEG that says it is a PNG',
      () => Buffer.concat([png.subarray(0, 8), jpeg]),
      'picture-broken',
    ],
  ] as const)('and is refused when it begins as something else: %s', async (_name, make, code) => {
    expect(await refusal(make())).toBe(code);
  });
});

describe('a bomb does no harm', () => {
  /** A GIF that says how large it is and has next to nothing in it. */
  const gifOf = (width: number, height: number, frames: number): Buffer => {
    const size = Buffer.alloc(4);
    size.writeUInt16LE(width, 0);
    size.writeUInt16LE(height, 2);
    const frame = Buffer.concat([Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0])]);
    return Buffer.concat([
      latin('GIF89a'),
      size,
      Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
      ...Array<Buffer>(frames).fill(frame),
      latin(';'),
    ]);
  };

  test.each([
    [
      'a moving GIF of four billion pixels a frame',
      () => gifOf(65_535, 65_535, 1000),
      'picture-animated',
    ],
    ['a GIF of a hundred thousand frames', () => gifOf(1, 1, 100_000), 'picture-animated'],
    ['a PNG of 400 megapixels', () => hugePng(20_000, 20_000), 'picture-too-many-pixels'],
    ['a PNG of 50 megapixels in one row', () => hugePng(50_000_000, 1), 'picture-too-many-pixels'],
    ['a PNG of them in one column', () => hugePng(1, 20_001), 'picture-too-many-pixels'],
  ] as const)('%s', async (_name, make, code) => {
    const bytes = make();
    expect(bytes.length).toBeLessThan(10_000_000);
    expect(await refusal(bytes)).toBe(code);
  });

  test('a JPEG that claims to have four billion pixels', async () => {
    const bytes = Buffer.from(jpeg);
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(65_500, frame + 5);
    bytes.writeUInt16BE(65_500, frame + 7);
    expect(await refusal(bytes)).toBe('picture-too-many-pixels');
    // Within the limit what is missing is grey, and no harm is done.
    bytes.writeUInt16BE(6000, frame + 5);
    bytes.writeUInt16BE(8000, frame + 7);
    const { width, height } = await cleaned(bytes);
    expect([width, height]).toEqual([2048, 1536]);
  });

  test('a GIF that claims to have four billion pixels and has one', async () => {
    const { width, height } = await cleaned(gifOf(65_535, 65_535, 1));
    expect([width, height]).toEqual([1, 1]);
  });

  test('a WebP of 268 megapixels', async () => {
    const bytes = await twoColours(80, 60).webp({ lossless: true }).toBuffer();
    // Fourteen bits each of width and height, less one, after the signature of VP8L.
    const at = bytes.indexOf('VP8L') + 9;
    bytes.writeUInt32LE((bytes.readUInt32LE(at) & 0xf0000000) | 0x0fffffff, at);
    expect(await refusal(bytes)).toMatch(/^picture-(too-many-pixels|broken)$/);
  });

  test('a JPEG whose last scans are there ten thousand times', async () => {
    const bytes = await twoColours(2000, 2000).jpeg({ progressive: true }).toBuffer();
    const scan = bytes.subarray(bytes.lastIndexOf(Buffer.from([0xff, 0xda])), -2);
    const scans = Array<Buffer>(10_000).fill(scan);
    const bomb = Buffer.concat([bytes.subarray(0, -2), ...scans, bytes.subarray(-2)]);
    expect(bomb.length).toBeLessThan(10_000_000);
    expect(await refusal(bomb)).toBe('picture-broken');
  });

  test('a PNG whose text unpacks to a gigabyte', async () => {
    const text = deflateSync(Buffer.alloc(100_000_000), { level: 9 });
    const packed = pngChunk('zTXt', Buffer.concat([latin('Comment\0\0'), text]));
    const profile = pngChunk('iCCP', Buffer.concat([latin('icc\0\0'), text]));
    const before = process.memoryUsage.rss();
    expect(await refusal(pngWith(png, ...Array<Buffer>(10).fill(packed)))).toMatch(
      /^(taken|picture-broken)$/,
    );
    expect(await refusal(pngWith(png, profile))).toMatch(/^(taken|picture-broken)$/);
    expect(process.memoryUsage.rss() - before).toBeLessThan(300_000_000);
  });

  test('a packed file', async () => {
    expect(await refusal(gzipSync(Buffer.alloc(100_000_000)))).toBe('picture-not-a-picture');
  });
});

describe('a moving PNG', () => {
  const frame = (width: number) => {
    const control = Buffer.alloc(26);
    control.writeUInt32BE(width, 4);
    control.writeUInt32BE(1, 8);
    return pngChunk('fcTL', control);
  };
  const movement = () => pngChunk('acTL', Buffer.from([0, 0, 0, 2, 0, 0, 0, 0]));

  test('is its still picture', async () => {
    const second = pngChunk('fdAT', Buffer.concat([Buffer.from([0, 0, 0, 1]), latin(EVIL)]));
    const moving = pngWith(png, movement(), frame(80), frame(4_000_000_000), second);
    const { bytes, width, height } = await cleaned(moving);
    expect([width, height]).toEqual([80, 60]);
    expect(Buffer.from(bytes).includes('script')).toBe(false);
  });
});

describe('a picture of odd shape', () => {
  test.each([
    ['a strip one pixel wide', 1, 20_000, [1, 2048]],
    ['a strip one pixel high', 20_000, 1, [2048, 1]],
    ['one pixel', 1, 1, [1, 1]],
  ] as const)('%s', async (_name, width, height, size) => {
    const picture = await cleaned(hugePng(width, height));
    expect([picture.width, picture.height]).toEqual(size);
    expect(picture.perceptualHash).toBeNull();
  });

  test('50 megapixels are not too many', async () => {
    const picture = await cleaned(hugePng(8000, 6250));
    expect([picture.width, picture.height]).toEqual([2048, 1600]);
  });

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'orientation %i: the red half is where it was seen',
    async (orientation) => {
      // Left half red as it is stored; where that is seen for each way to hold a camera.
      const seen = {
        1: 'left',
        2: 'right',
        3: 'right',
        4: 'left',
        5: 'top',
        6: 'top',
        7: 'bottom',
        8: 'bottom',
      };
      const { bytes, width, height } = await cleaned(
        await twoColours(80, 60).withMetadata({ orientation }).jpeg().toBuffer(),
      );
      expect([width, height]).toEqual(orientation < 5 ? [80, 60] : [60, 80]);
      const at = {
        left: [2, height / 2],
        right: [width - 3, height / 2],
        top: [width / 2, 2],
        bottom: [width / 2, height - 3],
      };
      const side = seen[orientation as keyof typeof seen] as keyof typeof at;
      const [left = 0, top = 0] = at[side];
      const [red = 0, , blue = 0] = await sharp(bytes)
        .extract({ left, top, width: 1, height: 1 })
        .raw()
        .toBuffer();
      expect([side, red > 150, blue < 100]).toEqual([side, true, true]);
    },
  );

  test('an orientation that does not exist is none', async () => {
    const bytes = await twoColours(80, 60).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    // The tag of the orientation, its type, how many, and its value.
    const tag = bytes.indexOf(Buffer.from([0x12, 0x01, 0x03, 0x00, 0x01, 0x00, 0x00, 0x00]));
    bytes[tag + 8] = 99;
    const { width, height } = await cleaned(bytes);
    expect([width, height]).toEqual([80, 60]);
  });
});

describe('a picture of another making', () => {
  const left = async (bytes: Uint8Array) => {
    const { bytes: clean } = await cleaned(bytes);
    const [red = 0] = await sharp(clean)
      .extract({ left: 5, top: 5, width: 1, height: 1 })
      .raw()
      .toBuffer();
    return red;
  };
  test.each([
    ['a progressive JPEG', () => twoColours(80, 60).jpeg({ progressive: true })],
    ['a JPEG of four colours', () => twoColours(80, 60).toColourspace('cmyk').jpeg()],
    ['a JPEG without subsampling', () => twoColours(80, 60).jpeg({ chromaSubsampling: '4:4:4' })],
    ['a PNG with 16 bits', () => twoColours(80, 60).toColourspace('rgb16').png()],
    ['a PNG of few colours', () => twoColours(80, 60).png({ palette: true, colours: 4 })],
    ['an interlaced PNG', () => twoColours(80, 60).png({ progressive: true })],
    ['a PNG that one can see through', () => twoColours(80, 60).ensureAlpha(0.9).png()],
    ['a WebP without loss', () => twoColours(80, 60).webp({ lossless: true })],
  ])('%s', async (_name, make) => {
    expect(await left(await make().toBuffer())).toBeGreaterThan(150);
  });

  test('a JPEG with restart markers', async () => {
    const { bytes } = await cleaned(await noise(300, 300).jpeg({ quality: 60 }).toBuffer());
    expect((await sharp(bytes).metadata()).format).toBe('jpeg');
  });
});

describe('what is not taken is refused with the reason', () => {
  test.each([
    ['a BMP', 'BM\x46\0\0\0\0\0\0\0\x36\0\0\0', 'picture-kind'],
    ['a BigTIFF’s cousin', 'MM\0*\0\0\0\x08', 'picture-kind'],
    ['a JPEG XL', '\xff\x0a\xfa\x7f', 'picture-kind'],
    ['a JPEG XL in a box', '\0\0\0\x0cJXL \r\n\x87\n', 'picture-kind'],
    ['an AVIF that moves', '\0\0\0\x20ftypavis', 'picture-kind'],
    ['a HEIC of the second kind', '\0\0\0\x1cftypmif1\0\0\0\0', 'picture-heic'],
    ['a series of HEIC', '\0\0\0\x24ftypmsf1', 'picture-heic'],
    ['a HEVC', '\0\0\0\x24ftyphevc', 'picture-heic'],
    ['a film of a phone', '\0\0\0\x14ftypqt  ', 'picture-video'],
    ['an SVG with a DOCTYPE', `<!DOCTYPE svg><svg onload="${EVIL}"/>`, 'picture-drawing'],
    ['an SVG after a mark of its encoding', '\xef\xbb\xbf<svg/>', 'picture-drawing'],
    ['a packed SVG', gzipSync('<svg/>').toString('latin1'), 'picture-not-a-picture'],
    ['an icon', '\0\0\x01\0\x01\0\x10\x10', 'picture-not-a-picture'],
    ['a Photoshop file', '8BPS\0\x01', 'picture-not-a-picture'],
    ['zero bytes', '\0'.repeat(5000), 'picture-not-a-picture'],
    ['nothing', '', 'picture-not-a-picture'],
  ])('%s', async (_name, content, code) => {
    expect(await refusal(latin(content))).toBe(code);
  });
});
