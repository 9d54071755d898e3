// Draws the pictures that tests in both runtimes read, since nothing in workerd can draw them.
// `node scripts/draw-pictures.ts` writes test/support/drawn-pictures.json: the files in base64, and
// the looks of the photos as the city on Node computes them.
import { writeFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { cleanPicture } from '../src/media/picture.ts';
import { exifOf, exifSegment, iptcSegment, xmpOf } from '../test/support/metadata.ts';
import { jpegSegment, jpegWith, pngChunk, pngWith } from '../test/support/picture-bytes.ts';
import { twoColours, twoFrames } from '../test/support/pictures.ts';
import { photoOf } from '../test/support/scenes.ts';

const FILE = 'test/support/drawn-pictures.json';
const FILE_BYTES_MAX = 300_000;
/** What is hidden behind the pixels of each picture with metadata. */
const SECRET = 'Ana Canary of Secret Street';
const PHOTOS = 8;

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');
const drawn = (): Sharp => twoColours(80, 60);
const plain = await drawn().jpeg().toBuffer();
const plainPng = await drawn().png().toBuffer();
const plainGif = await drawn().gif().toBuffer();
const thumbnail = await twoColours(32, 24).jpeg().toBuffer();

const withFields = (format: 'jpeg' | 'png' | 'webp'): Promise<Buffer> =>
  drawn()
    .withExif({
      IFD0: { Artist: SECRET, ImageDescription: SECRET },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '37/1 52/1 30/1' },
    })
    .withXmp(xmpOf(SECRET))
    .withIccProfile('p3')
    .toFormat(format)
    .toBuffer();

const turned = (orientation: number): Promise<Buffer> =>
  drawn().withMetadata({ orientation }).jpeg().toBuffer();

async function photos(): Promise<[string, Buffer][]> {
  const photo = async (scene: number, width: number) =>
    sharp(await photoOf(scene)).resize({ width });
  const all = Array.from({ length: PHOTOS }, async (_, scene): Promise<[string, Buffer]> => {
    const small = await photo(scene, 240);
    return [`photo ${scene}`, await small.jpeg({ quality: 70 }).toBuffer()];
  });
  const large = (await photo(8, 2600)).blur(4).jpeg({ quality: 30, mozjpeg: true });
  return [
    ...(await Promise.all(all)),
    ['photo as WebP', await (await photo(9, 240)).webp({ quality: 60 }).toBuffer()],
    ['photo that is large', await large.toBuffer()],
    ['photo that is tiny', await (await photo(10, 90)).png({ palette: true }).toBuffer()],
  ];
}

const gifComment = Buffer.concat([Buffer.from([0x21, 0xfe, SECRET.length]), latin(`${SECRET}\0`)]);
const gifXmp = latin('\x21\xff\x0bXMP DataXMP\x05hello\0');

const files: readonly (readonly [string, Buffer])[] = [
  ['jpeg', plain],
  ['png', plainPng],
  ['gif', plainGif],
  ['webp', await drawn().webp().toBuffer()],
  ['progressive jpeg', await drawn().jpeg({ progressive: true }).toBuffer()],
  [
    'progressive jpeg with all its colours',
    await drawn().jpeg({ progressive: true, chromaSubsampling: '4:4:4' }).toBuffer(),
  ],
  ['grey jpeg', await drawn().greyscale().jpeg().toBuffer()],
  ['jpeg of four colours', await drawn().toColourspace('cmyk').jpeg().toBuffer()],
  ['png of 16 bits', await drawn().toColourspace('rgb16').png().toBuffer()],
  ['interlaced png', await drawn().png({ progressive: true }).toBuffer()],
  ['png of few colours', await drawn().png({ palette: true, colours: 4 }).toBuffer()],
  ['webp without loss', await drawn().webp({ lossless: true }).toBuffer()],
  ['wide png', await twoColours(3000, 1000).png({ palette: true }).toBuffer()],
  ['moving gif', await (await twoFrames(16)).gif().toBuffer()],
  ['moving webp', await (await twoFrames(16)).webp().toBuffer()],
  ...(await Promise.all(
    [2, 3, 4, 5, 6, 7, 8].map(
      async (orientation) => [`jpeg turned ${orientation}`, await turned(orientation)] as const,
    ),
  )),
  ['jpeg of a phone', jpegWith(plain, exifSegment(exifOf(SECRET, thumbnail)))],
  ['jpeg with EXIF, XMP and a profile', await withFields('jpeg')],
  [
    'jpeg with IPTC and comments',
    jpegWith(plain, iptcSegment(SECRET), jpegSegment(0xfe, latin(SECRET))),
  ],
  [
    'jpeg with a segment that nobody knows, and another picture behind it',
    Buffer.concat([jpegWith(plain, jpegSegment(0xeb, latin(SECRET))), plain]),
  ],
  ['png with EXIF and a profile', await withFields('png')],
  [
    'png with texts',
    pngWith(
      plainPng,
      pngChunk('tEXt', latin(`Author\0${SECRET}`)),
      pngChunk('iTXt', latin(`Title\0\0\0\0\0${SECRET}`)),
      pngChunk('prVt', latin(SECRET)),
    ),
  ],
  ['webp with EXIF, XMP and a profile', await withFields('webp')],
  [
    'gif with a comment and XMP',
    Buffer.concat([plainGif.subarray(0, -1), gifComment, gifXmp, latin(';')]),
  ],
  ...(await photos()),
];

async function looksOf(bytes: Buffer): Promise<string | null> {
  const cleaned = await cleanPicture(bytes);
  if (!cleaned.ok) throw new Error(cleaned.refusal.code);
  return cleaned.value.perceptualHash;
}

const looks = files.filter(([name]) => name.startsWith('photo'));
const text = JSON.stringify(
  {
    secret: SECRET,
    files: Object.fromEntries(files.map(([name, bytes]) => [name, bytes.toString('base64')])),
    looks: Object.fromEntries(
      await Promise.all(looks.map(async ([name, bytes]) => [name, await looksOf(bytes)])),
    ),
  },
  null,
  2,
);
if (text.length > FILE_BYTES_MAX) throw new Error(`${FILE} would have ${text.length} bytes.`);
await writeFile(FILE, `${text}\n`);
