import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { ALIKE_BITS_MAX, hashDistance, hashPieces } from '../../src/lib/alike.ts';
import { cleanPicture } from '../../src/media/picture.ts';
import { noise, twoColours } from '../support/pictures.ts';
import { photoOf } from '../support/scenes.ts';

const SCENES = 40;
/** Photos that can be told by what they look like, with their hashes. */
const photos: { readonly bytes: Buffer; readonly hash: string }[] = [];

/** As the program computes it for a picture that came in. */
async function hashOf(bytes: Uint8Array): Promise<string | null> {
  const result = await cleanPicture(bytes);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value.perceptualHash;
}

beforeAll(async () => {
  for (let scene = 0; scene < SCENES; scene += 1) {
    const bytes = await photoOf(scene);
    const hash = await hashOf(bytes);
    if (hash !== null) photos.push({ bytes, hash });
  }
});

test('nearly every photo has enough in it to tell it by', () => {
  expect(photos.length / SCENES).toBeGreaterThan(0.9);
});

const caption = Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"><rect width="300" height="40" fill="#000" opacity="0.6"/><rect x="10" y="12" width="200" height="16" fill="#fff"/></svg>',
);

const COPIES: readonly (readonly [string, (photo: Sharp) => Sharp])[] = [
  ['half as large', (photo) => photo.resize({ width: 400 })],
  ['a quarter as large', (photo) => photo.resize({ width: 200 })],
  ['encoded at quality 40', (photo) => photo.jpeg({ quality: 40 })],
  ['as PNG', (photo) => photo.png()],
  ['brighter', (photo) => photo.linear(1, 20)],
  ['darker', (photo) => photo.linear(1, -20)],
  ['with more contrast', (photo) => photo.linear(1.2, -25)],
  ['in grey', (photo) => photo.greyscale()],
  ['with a caption', (photo) => photo.composite([{ input: caption, left: 20, top: 540 }])],
  [
    'sent on by a messenger: smaller, brighter, at quality 50',
    (photo) => photo.resize({ width: 640 }).linear(1, 10).jpeg({ quality: 50 }),
  ],
];

/** In how many bits each photo differs from its copy; null where the copy has too little in it. */
const distances = async (change: (photo: Sharp) => Sharp): Promise<(number | null)[]> =>
  await Promise.all(
    photos.map(async ({ bytes, hash }) => {
      const copy = await hashOf(await change(sharp(bytes)).toBuffer());
      return copy === null ? null : hashDistance(copy, hash);
    }),
  );

describe('a copy looks nearly the same as the photo', () => {
  test.each(COPIES)('%s', async (_name, change) => {
    const all = await distances(change);
    const told = all.filter((bits) => bits !== null);
    // A photo may be just at the border of having too little in it.
    expect(all.length - told.length).toBeLessThanOrEqual(1);
    expect(Math.max(...told)).toBeLessThanOrEqual(ALIKE_BITS_MAX);
  });

  test('cropped by a hundredth at every side, nine times in ten', async () => {
    const all = await distances((photo) =>
      photo.extract({ left: 8, top: 6, width: 784, height: 588 }),
    );
    const found = all.filter((bits) => bits !== null && bits <= ALIKE_BITS_MAX);
    expect(found.length / all.length).toBeGreaterThan(0.9);
  });
});

test('different photos do not, by a wide margin', () => {
  const apart = photos.flatMap(({ hash }, at) =>
    photos.slice(0, at).map((other) => hashDistance(hash, other.hash)),
  );
  expect(apart.length).toBeGreaterThan(500);
  expect(Math.min(...apart)).toBeGreaterThan(ALIKE_BITS_MAX + 5);
});

test('different photos seldom have a piece in common, so that few have to be compared', () => {
  const common = photos.flatMap(({ hash }, at) => {
    const pieces = hashPieces(hash);
    return photos
      .slice(0, at)
      .map((other) => hashPieces(other.hash).some((piece, band) => piece === pieces[band]));
  });
  expect(common.filter(Boolean).length / common.length).toBeLessThan(0.1);
});

describe('what has too little in it to tell it by gets no hash', () => {
  const plain = (background: string) =>
    sharp({ create: { width: 400, height: 300, channels: 3, background } });
  const drawn = (svg: string) =>
    sharp(
      Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300">${svg}</svg>`),
    );
  const fade =
    '<defs><linearGradient id="a" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#224"/></linearGradient></defs>';
  const grain = async (sigma: number, mean: number) =>
    await sharp({
      create: {
        width: 400,
        height: 300,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean, sigma },
      },
    })
      .jpeg()
      .toBuffer();

  test.each([
    ['black', () => plain('#000').jpeg().toBuffer()],
    ['white', () => plain('#fff').png().toBuffer()],
    ['the inside of a pocket, with noise', () => grain(8, 12)],
    ['fog', () => grain(12, 200)],
    ['coarse noise', () => noise(400, 300).jpeg().toBuffer()],
    [
      'a clear sky',
      () => drawn(`${fade}<rect width="400" height="300" fill="url(#a)"/>`).jpeg().toBuffer(),
    ],
    [
      'sea and sky',
      () =>
        drawn(
          `${fade}<rect width="400" height="300" fill="url(#a)"/><rect y="160" width="400" height="140" fill="#138"/>`,
        )
          .jpeg()
          .toBuffer(),
    ],
    ['two halves', () => twoColours(400, 300).jpeg().toBuffer()],
    ['a single pixel', () => twoColours(2, 1).resize(1, 1).png().toBuffer()],
  ])('%s', async (_name, make) => {
    expect(await hashOf(await make())).toBeNull();
  });
});

test('the hash is 64 hex digits, the same for the same bytes', async () => {
  const [photo] = photos;
  expect(photo?.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashOf(photo?.bytes ?? new Uint8Array())).toBe(photo?.hash);
});
