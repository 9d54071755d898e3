/**
 * Makes a picture from a stranger fit for the public record: decoded within limits, turned
 * upright, scaled down, and encoded anew from its pixels alone, so that nothing but what can be
 * seen in it remains: no place, no name, no profile, no file hidden behind it.
 */
import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import { cidOfBlob } from '../lib/cid.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { createGate } from './gate.ts';
import { type Pixels, pictureHash } from './picture-hash.ts';
import { type KindRefusal, sniff } from './sniff.ts';

export type CleanPicture = {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg';
  /** Pixels, upright. */
  readonly width: number;
  readonly height: number;
  readonly sizeBytes: number;
  /** The digest of `bytes`, in hex. */
  readonly sha256: string;
  /** The CID by which ATProto will know the blob: CIDv1, raw, SHA-256. */
  readonly cid: string;
  /** The picture's looks in 64 hex digits; null when there is too little to tell it by. */
  readonly perceptualHash: string | null;
};

export type PictureRefusal = Refusal & {
  readonly code:
    | KindRefusal
    | 'picture-animated'
    /** Damaged, cut off, or not what its first bytes say. */
    | 'picture-broken'
    /** More than 10 MB. */
    | 'picture-too-large'
    /** More than 50 megapixels, or an edge of more than 20,000 pixels. */
    | 'picture-too-many-pixels';
};

/** More than any phone's photo; less than what costs the machine its memory. */
export const INPUT_BYTES_MAX = 10_000_000;
const PIXELS_MAX = 50_000_000;
/** Far more than a photo of as many pixels has; a strip of 1 × 50,000,000 takes 15 s to decode. */
const EDGE_MAX = 20_000;
/** Below what an ATProto server takes for a blob of a post, and Bluesky for a picture. */
const OUTPUT_BYTES_MAX = 999_999;
/** Tried in this order until the picture is small enough; the last always is. */
const EDGES = [2048, 1536, 1024, 768, 512] as const;
const QUALITIES = [82, 70, 55] as const;
const DECODE_SECONDS_MAX = 20;

// Nothing is decoded twice, and the cache would also keep what could not be decoded to the end:
// 100 MB of each broken picture.
sharp.cache(false);

// Decoding takes up to six bytes a pixel: two ordinary photos at once, or one huge one.
const pass = createGate(2);
const HEAVY_PIXELS = 25_000_000;

const DECODING = {
  // A warning is no reason to refuse: many phones write files that give one.
  failOn: 'error',
  limitInputPixels: PIXELS_MAX,
  sequentialRead: true,
  autoOrient: true,
} as const;

/**
 * Takes JPEG, PNG, WebP and GIF without motion, up to 10 MB, 50 megapixels and 20,000 pixels an
 * edge, and gives a JPEG under 1,000,000 bytes whose longer edge has at most 2048 pixels. The same
 * bytes give the same picture. Never throws, whatever is in `bytes`.
 */
export async function cleanPicture(
  bytes: Uint8Array,
): Promise<Result<CleanPicture, PictureRefusal>> {
  if (bytes.length > INPUT_BYTES_MAX) return refuse('picture-too-large');
  const sniffed = sniff(bytes);
  if (!sniffed.isPicture) return refuse(sniffed.code);
  const header = await readHeader(bytes);
  if (header?.format !== sniffed.format) return refuse('picture-broken');
  if ((header.pages ?? 1) > 1) return refuse('picture-animated');
  const pixelCount = header.width * header.height;
  const longerEdge = Math.max(header.width, header.height);
  if (pixelCount > PIXELS_MAX || longerEdge > EDGE_MAX) return refuse('picture-too-many-pixels');
  return await pass(pixelCount > HEAVY_PIXELS ? 2 : 1, async () => {
    const pixels = await decode(bytes);
    return pixels === null ? refuse('picture-broken') : ok(await encode(pixels));
  });
}

async function readHeader(bytes: Uint8Array): Promise<Metadata | null> {
  try {
    // Only the header is read here, so that a picture that is too big can be told so.
    return await sharp(bytes, { ...DECODING, limitInputPixels: false }).metadata();
  } catch {
    return null;
  }
}

/** Null when the bytes are damaged: whatever the decoder says then, the person sends it again. */
async function decode(bytes: Uint8Array): Promise<Pixels | null> {
  try {
    const { data, info } = await sharp(bytes, DECODING)
      .timeout({ seconds: DECODE_SECONDS_MAX })
      .resize({ width: EDGES[0], height: EDGES[0], fit: 'inside', withoutEnlargement: true })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const channels = info.channels === 1 ? 1 : 3;
    return { data, raw: { width: info.width, height: info.height, channels } };
  } catch {
    return null;
  }
}

async function encode(pixels: Pixels): Promise<CleanPicture> {
  for (const edge of EDGES) {
    for (const quality of QUALITIES) {
      const { data, info } = await sharp(pixels.data, { raw: pixels.raw })
        .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
        .jpeg({ quality })
        .toBuffer({ resolveWithObject: true });
      if (data.length > OUTPUT_BYTES_MAX) continue;
      return {
        bytes: data,
        mediaType: 'image/jpeg',
        width: info.width,
        height: info.height,
        sizeBytes: data.length,
        sha256: createHash('sha256').update(data).digest('hex'),
        cid: cidOfBlob(data),
        perceptualHash: await pictureHash(pixels),
      };
    }
  }
  throw new Error('A picture of 512 pixels has not fitted into a megabyte.');
}
