import { createHash } from 'node:crypto';
import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { cidOfBlob } from '../../src/lib/cid.ts';
import type { CleanPicture } from '../../src/media/clean-picture.ts';
import { cleanPicture } from '../../src/media/picture.ts';
import { hugePng } from '../support/picture-bytes.ts';
import { noise, twoColours, twoFrames } from '../support/pictures.ts';

async function cleaned(bytes: Uint8Array): Promise<CleanPicture> {
  const result = await cleanPicture(bytes);
  if (!result.ok) throw new Error(`refused: ${result.refusal.code}`);
  return result.value;
}

async function refusal(bytes: Uint8Array): Promise<string> {
  const result = await cleanPicture(bytes);
  return result.ok ? 'taken' : result.refusal.code;
}

/** The colour at a place given in parts of width and height. */
async function colourAt(bytes: Uint8Array, x: number, y: number) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  const at = Math.floor(info.height * y) * info.width + Math.floor(info.width * x);
  const [red = 0, green = 0, blue = 0] = data.subarray(at * info.channels);
  return { red, green, blue };
}

describe('a picture that is taken', () => {
  test.each(['jpeg', 'png', 'webp', 'gif'] as const)('may be %s', async (format) => {
    const picture = await cleaned(await twoColours(80, 60).toFormat(format).toBuffer());
    const seen = await sharp(picture.bytes).metadata();
    expect(seen).toMatchObject({ format: 'jpeg', width: 80, height: 60 });
    expect((await colourAt(picture.bytes, 0.1, 0.5)).red).toBeGreaterThan(150);
    expect((await colourAt(picture.bytes, 0.9, 0.5)).blue).toBeGreaterThan(150);
  });

  test('is described as it is', async () => {
    const picture = await cleaned(await twoColours(80, 60).png().toBuffer());
    expect(picture).toMatchObject({ mediaType: 'image/jpeg', width: 80, height: 60 });
    expect(picture.sizeBytes).toBe(picture.bytes.length);
    expect(picture.sha256).toBe(createHash('sha256').update(picture.bytes).digest('hex'));
    expect(picture.cid).toBe(cidOfBlob(picture.bytes));
    expect(picture.cid).toMatch(/^bafkrei[a-z2-7]{52}$/);
  });

  test('is the same picture for the same bytes', async () => {
    const bytes = await twoColours(80, 60).webp().toBuffer();
    expect((await cleaned(bytes)).cid).toBe((await cleaned(bytes)).cid);
  });

  test('is turned upright', async () => {
    // 6: the camera was held so that the top of the scene is on the right.
    const bytes = await twoColours(80, 60).withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const picture = await cleaned(bytes);
    expect([picture.width, picture.height]).toEqual([60, 80]);
    expect((await colourAt(picture.bytes, 0.5, 0.1)).red).toBeGreaterThan(150);
    expect((await colourAt(picture.bytes, 0.5, 0.9)).blue).toBeGreaterThan(150);
  });

  test('is scaled down to 2048 pixels and never up', async () => {
    const large = await cleaned(await twoColours(4000, 1000).png().toBuffer());
    expect([large.width, large.height]).toEqual([2048, 512]);
    const small = await cleaned(await twoColours(10, 10).png().toBuffer());
    expect([small.width, small.height]).toEqual([10, 10]);
  });

  test('stays under a million bytes, however little it compresses', async () => {
    const bytes = await noise(2400, 2400).jpeg({ quality: 95 }).toBuffer();
    expect(bytes.length).toBeGreaterThan(2_000_000);
    const picture = await cleaned(bytes);
    expect(picture.sizeBytes).toBeLessThan(1_000_000);
    expect((await sharp(picture.bytes).metadata()).width).toBe(picture.width);
  });

  test('has white where it was transparent', async () => {
    const clear = { width: 20, height: 20, channels: 4 as const, background: '#00000000' };
    const picture = await cleaned(await sharp({ create: clear }).png().toBuffer());
    expect((await colourAt(picture.bytes, 0.5, 0.5)).green).toBeGreaterThan(250);
  });

  test('may be grey or printed in four colours', async () => {
    const grey = await cleaned(await twoColours(40, 40).greyscale().jpeg().toBuffer());
    expect(grey.width).toBe(40);
    const print = await twoColours(40, 40).toColourspace('cmyk').jpeg().toBuffer();
    expect((await sharp(print).metadata()).space).toBe('cmyk');
    const picture = await cleaned(print);
    expect((await sharp(picture.bytes).metadata()).space).toBe('srgb');
    expect((await colourAt(picture.bytes, 0.1, 0.5)).red).toBeGreaterThan(150);
  });
});

describe('what is behind a picture', () => {
  const secret = 'Alice Resident';

  test('does not survive: place, name, profile', async () => {
    const bytes = await twoColours(80, 60)
      .withExif({
        IFD0: { Artist: secret, Make: 'SecretPhone' },
        IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 52/1 0/1', GPSDateStamp: '2026:11:28' },
      })
      .withXmp(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><!-- ${secret} --></x:xmpmeta>`)
      .withIccProfile('p3')
      .jpeg()
      .toBuffer();
    const before = await sharp(bytes).metadata();
    expect([before.exif, before.xmp, before.icc].every((part) => part !== undefined)).toBe(true);
    expect(Buffer.from(bytes).includes('2026:11:28')).toBe(true);

    const { bytes: after } = await cleaned(bytes);
    const seen = await sharp(after).metadata();
    expect([seen.exif, seen.xmp, seen.icc, seen.iptc]).toEqual(Array(4).fill(undefined));
    for (const trace of [secret, 'SecretPhone', '2026:11:28', 'Exif', 'GPS', 'adobe', 'ICC_']) {
      expect([trace, Buffer.from(after).includes(trace)]).toEqual([trace, false]);
    }
  });

  test('does not survive: another file at its end, or a comment in it', async () => {
    const bytes = await twoColours(80, 60).jpeg().toBuffer();
    const comment = Buffer.from('<script>alert(1)</script>');
    const marker = Buffer.from([0xff, 0xfe, 0, comment.length + 2]);
    const polyglot = Buffer.concat([
      bytes.subarray(0, 2),
      marker,
      comment,
      bytes.subarray(2),
      Buffer.from('PK\x03\x04secret.txt<html><script>steal()</script></html>', 'latin1'),
    ]);
    const { bytes: after, cid } = await cleaned(polyglot);
    for (const trace of ['script', 'PK\x03\x04', 'html', 'secret']) {
      expect([trace, Buffer.from(after).includes(trace)]).toEqual([trace, false]);
    }
    expect(cid).toBe((await cleaned(bytes)).cid);
  });
});

describe('refused', () => {
  test.each([
    ['nothing', '', 'picture-not-a-picture'],
    ['text', 'I was there, I promise.', 'picture-not-a-picture'],
    ['a web page', '<!DOCTYPE html><html><img src="x"></html>', 'picture-not-a-picture'],
    ['a ZIP', 'PK\x03\x04\x14\0\0\0', 'picture-not-a-picture'],
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', 'picture-drawing'],
    ['an SVG with a preamble', '<?xml version="1.0"?>\n<!-- hi -->\n<svg/>', 'picture-drawing'],
    ['a PDF', '%PDF-1.7\n', 'picture-document'],
    ['an iPhone’s HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'picture-heic'],
    ['a video', '\0\0\0\x18ftypisom\0\0\x02\0isomiso2', 'picture-video'],
    ['a TIFF', 'II*\0\x08\0\0\0', 'picture-kind'],
    ['the mere beginning of a JPEG', '\xff\xd8\xff\xe0', 'picture-broken'],
    ['the mere beginning of a PNG', '\x89PNG\r\n\x1a\n', 'picture-broken'],
    ['the mere beginning of a WebP', 'RIFF\x10\0\0\0WEBPVP8 ', 'picture-broken'],
    ['the mere beginning of a GIF', 'GIF89a\x01\0\x01\0', 'picture-broken'],
    ['text with a JPEG’s first bytes', `\xff\xd8\xff${'hello '.repeat(100)}`, 'picture-broken'],
  ])('%s', async (_name, content, code) => {
    expect(await refusal(Buffer.from(content, 'latin1'))).toBe(code);
  });

  test('a TIFF and an AVIF that are whole', async () => {
    expect(await refusal(await twoColours(20, 20).tiff().toBuffer())).toBe('picture-kind');
    expect(await refusal(await twoColours(20, 20).avif().toBuffer())).toBe('picture-kind');
  });

  test.each([1, 2])('but not a JPEG that lacks its last bytes: %i', async (bytes) => {
    const whole = await noise(300, 200).jpeg().toBuffer();
    expect(await cleaned(whole.subarray(0, -bytes))).toEqual(await cleaned(whole));
    expect(await refusal(whole.subarray(0, -40))).toBe('picture-broken');
  });

  test.each(['jpeg', 'png', 'webp'] as const)('a %s that is cut off', async (format) => {
    const whole = await noise(300, 300).toFormat(format).toBuffer();
    expect(await refusal(whole.subarray(0, whole.length / 2))).toBe('picture-broken');
  });

  test.each(['gif', 'webp'] as const)('a %s that moves', async (format) => {
    const bytes = await (await twoFrames(16)).toFormat(format).toBuffer();
    expect((await sharp(bytes).metadata()).pages).toBe(2);
    expect(await refusal(bytes)).toBe('picture-animated');
  });

  test('one with more pixels than 50 million, before it is unpacked', async () => {
    const bomb = hugePng(20_000, 20_000);
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refusal(bomb)).toBe('picture-too-many-pixels');
  });

  test('one of more than ten million bytes, unseen', async () => {
    expect(await refusal(new Uint8Array(10_000_001))).toBe('picture-too-large');
  });
});

describe('any bytes', () => {
  const codes = /^(?:taken|picture-[a-z-]+)$/;
  let originals: Buffer[] = [];
  beforeAll(async () => {
    const formats = ['jpeg', 'png', 'webp', 'gif'] as const;
    originals = await Promise.all(
      formats.map((format) => noise(24, 24).toFormat(format).toBuffer()),
    );
  });

  test('at random get an answer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        expect(await refusal(bytes)).toMatch(codes);
      }),
    );
  });

  test('of a picture that was damaged get an answer', async () => {
    const damage = fc.array(fc.tuple(fc.nat(10_000), fc.nat(255)), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(fc.nat(3), damage, fc.nat(10_000), async (which, changes, cut) => {
        const bytes = Uint8Array.from(originals[which] ?? []);
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const damaged = bytes.subarray(0, Math.max(1, bytes.length - (cut % bytes.length)));
        expect(await refusal(cut % 2 === 0 ? bytes : damaged)).toMatch(codes);
      }),
      { numRuns: 300 },
    );
  });
});
