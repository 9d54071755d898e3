// What is behind a picture does not survive: looked for with a reader that knows nothing of the
// program, which finds all of it in the picture as it came.
import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { cleanPicture } from '../../src/media/picture.ts';
import { exifOf, exifSegment, iptcSegment, metadataIn, xmpOf } from '../support/metadata.ts';
import { jpegSegment, jpegWith, pngChunk, pngWith } from '../support/picture-bytes.ts';
import { twoColours } from '../support/pictures.ts';

const SECRET = 'Ana Canary of Secret Street';
const latin = (text: string) => Buffer.from(text, 'latin1');

let plain: { jpeg: Buffer; png: Buffer; webp: Buffer; gif: Buffer };
let thumbnail: Buffer;
beforeAll(async () => {
  const drawn = () => twoColours(320, 240);
  plain = {
    jpeg: await drawn().jpeg().toBuffer(),
    png: await drawn().png().toBuffer(),
    webp: await drawn().webp().toBuffer(),
    gif: await drawn().gif().toBuffer(),
  };
  thumbnail = await twoColours(32, 24).jpeg().toBuffer();
});

/** The clean picture; fails when it has anything in it but pixels. */
async function cleaned(bytes: Uint8Array): Promise<Uint8Array> {
  const result = await cleanPicture(bytes);
  if (!result.ok) throw new Error(result.refusal.code);
  const after = result.value.bytes;
  expect(metadataIn(after)).toEqual([]);
  expect(Buffer.from(after).includes(SECRET)).toBe(false);
  return after;
}

const withFields = (format: 'jpeg' | 'png' | 'webp') =>
  twoColours(320, 240)
    .withExif({
      IFD0: { Artist: SECRET, ImageDescription: SECRET },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 52/1 30/1' },
    })
    .withXmp(xmpOf(SECRET))
    .withIccProfile('p3')
    .toFormat(format)
    .toBuffer();

describe('a picture without metadata', () => {
  test('has none to begin with', () => {
    for (const bytes of Object.values(plain)) expect(metadataIn(bytes)).toEqual([]);
  });
});

describe('a JPEG loses', () => {
  test('place, owner, serial number, maker note and thumbnail', async () => {
    const bytes = jpegWith(plain.jpeg, exifSegment(exifOf(SECRET, thumbnail)));
    expect(metadataIn(bytes)).toEqual(['Thumbnail', 'exif', 'gps', 'segment-e1']);
    expect(bytes.includes(thumbnail)).toBe(true);
    const after = await cleaned(bytes);
    expect(Buffer.from(after).includes(thumbnail.subarray(0, 100))).toBe(false);
  });

  test('XMP, a colour profile and more EXIF', async () => {
    const bytes = await withFields('jpeg');
    expect(metadataIn(bytes)).toEqual([
      'exif',
      'gps',
      'icc',
      'segment-e1',
      'segment-e1',
      'segment-e2',
      'xmp',
    ]);
    await cleaned(bytes);
  });

  test('IPTC and comments', async () => {
    const comment = jpegSegment(0xfe, latin(SECRET));
    const bytes = jpegWith(plain.jpeg, iptcSegment(SECRET), comment, comment);
    expect(metadataIn(bytes)).toEqual(['comment', 'comment', 'iptc', 'photoshop']);
    await cleaned(bytes);
  });

  test('segments that nobody knows, and a second picture behind the first', async () => {
    const bytes = Buffer.concat([
      jpegWith(plain.jpeg, jpegSegment(0xeb, latin(SECRET))),
      plain.jpeg,
    ]);
    expect(metadataIn(bytes)).toEqual(['segment-eb', 'trailing']);
    await cleaned(bytes);
  });
});

describe('a PNG loses', () => {
  test('EXIF and a colour profile', async () => {
    const bytes = await withFields('png');
    expect(metadataIn(bytes)).toContain('gps');
    expect(bytes.includes('iCCP')).toBe(true);
    await cleaned(bytes);
  });

  test('texts, plain and packed, and when it was changed', async () => {
    const bytes = pngWith(
      plain.png,
      pngChunk('tEXt', latin(`Author\0${SECRET}`)),
      pngChunk('zTXt', Buffer.concat([latin('Comment\0\0'), deflateSync(latin(SECRET))])),
      pngChunk('iTXt', latin(`Title\0\0\0\0\0${SECRET}`)),
      pngChunk('tIME', Buffer.from([7, 0xea, 11, 28, 9, 30, 0])),
      pngChunk('prVt', latin(SECRET)),
    );
    expect(metadataIn(bytes)).toEqual(['pngText', 'text']);
    await cleaned(bytes);
  });

  test('a file behind it', async () => {
    await cleaned(Buffer.concat([plain.png, latin(`PK\x03\x04${SECRET}`)]));
  });
});

describe('a WebP and a GIF lose', () => {
  test('EXIF, XMP and a colour profile', async () => {
    const bytes = await withFields('webp');
    expect(metadataIn(bytes)).toEqual(['exif', 'gps', 'icc', 'xmp']);
    await cleaned(bytes);
  });

  test('comments and XMP', async () => {
    const comment = Buffer.concat([
      Buffer.from([0x21, 0xfe, SECRET.length]),
      latin(SECRET),
      Buffer.from([0]),
    ]);
    const xmp = Buffer.concat([latin('\x21\xff\x0bXMP DataXMP\x05hello'), Buffer.from([0])]);
    // The last byte is the end of a GIF.
    const bytes = Buffer.concat([plain.gif.subarray(0, -1), comment, xmp, latin(';')]);
    expect(bytes.includes(SECRET)).toBe(true);
    await cleaned(bytes);
  });
});

test('the colours of another profile are those of the picture that is left', async () => {
  const seen = (bytes: Uint8Array) =>
    sharp(bytes).extract({ left: 5, top: 5, width: 1, height: 1 });
  const wide = await twoColours(40, 40).withIccProfile('p3').png().toBuffer();
  const [stored = 0] = await sharp(wide, { ignoreIcc: true })
    .extract({ left: 5, top: 5, width: 1, height: 1 })
    .raw()
    .toBuffer();
  const [red = 0] = await seen(await cleaned(wide))
    .raw()
    .toBuffer();
  expect(stored).toBeLessThan(0xc8);
  expect(Math.abs(red - 0xd0)).toBeLessThan(6);
});
