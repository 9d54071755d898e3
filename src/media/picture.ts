/**
 * Makes a picture from a stranger fit for the public record: decoded within limits, turned
 * upright, scaled down, and encoded anew from its pixels alone, so that nothing but what can be
 * seen in it remains: no place, no name, no profile, no file hidden behind it.
 */
import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import { cidOfBlob } from '../lib/cid.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { INPUT_BYTES_MAX } from './limits.ts';
import { pictureHash } from './picture-hash.ts';
import type { Pixels } from './shrink.ts';
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
    | 'picture-too-many-pixels'
    /** It takes more time or memory to open than a photo of its size does. */
    | 'picture-too-heavy';
};

const PIXELS_MAX = 50_000_000;
/** Far more than a photo of as many pixels has; a strip of 1 × 50,000,000 takes 15 s to decode. */
const EDGE_MAX = 20_000;
/** Below what an ATProto server takes for a blob of a post, and Bluesky for a picture. */
const OUTPUT_BYTES_MAX = 999_999;
/** Tried in this order until the picture is small enough; the last always is. */
const EDGES = [2048, 1536, 1024, 768, 512] as const;
const QUALITIES = [82, 70, 55] as const;
/** What a decoder may have to hold of a picture at once, before it is scaled down. */
const HELD_BYTES_MAX = 100_000_000;
const END_OF_JPEG = Uint8Array.of(0xff, 0xd9);

// Nothing is decoded twice, and the cache would also keep what could not be decoded to the end:
// 100 MB of each broken picture.
sharp.cache(false);
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
 * bytes give the same picture. Never throws, whatever is in `bytes`; how long it takes, and how much
 * memory, is bounded only by whoever runs it in a process that can be ended (`cleaner.ts`).
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
  const longerEdge = Math.max(header.width, header.height);
  if (header.width * header.height > PIXELS_MAX || longerEdge > EDGE_MAX) {
    return refuse('picture-too-many-pixels');
  }
  if (heldBytes(header) > HELD_BYTES_MAX) return refuse('picture-too-heavy');
  const pixels = (await decode(bytes, 'error')) ?? (await decodeWithoutEnd(bytes, header));
  return pixels === null ? refuse('picture-broken') : ok(await encode(pixels));
}

/**
 * A JPEG that came without its last two bytes is whole: nothing but the mark of its end is missing.
 * A warning says that more is: then it stays broken.
 */
async function decodeWithoutEnd(bytes: Uint8Array, { format }: Metadata): Promise<Pixels | null> {
  if (format !== 'jpeg') return null;
  return await decode(Buffer.concat([bytes, END_OF_JPEG]), 'warning');
}

/**
 * How much of a picture its decoder holds at once: a few rows where it can go from the top to the
 * bottom, and all of it where the file tells it in passes, or the format has no rows.
 */
function heldBytes({ width, height, format, isProgressive, ...header }: Metadata): number {
  const pixels = width * height;
  const { channels = 4, depth, chromaSubsampling } = header;
  // The picture, and what was before it below it.
  if (format === 'gif') return pixels * 8;
  // Lossless ones are decoded whole; which kind it is, its header does not tell.
  if (format === 'webp') return pixels * 4;
  if (isProgressive !== true) return 0;
  // A coefficient of two bytes for each sample.
  if (format === 'jpeg') return pixels * (chromaSubsampling === '4:2:0' ? 1.5 : channels) * 2;
  return pixels * channels * (depth === 'ushort' ? 2 : 1);
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
async function decode(bytes: Uint8Array, failOn: 'error' | 'warning'): Promise<Pixels | null> {
  try {
    const { data, info } = await sharp(bytes, { ...DECODING, failOn })
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
        perceptualHash: pictureHash(pixels),
      };
    }
  }
  throw new Error('A picture of 512 pixels has not fitted into a megabyte.');
}
