/**
 * Makes a picture from a stranger fit for the public record: decoded within limits, turned
 * upright, scaled down, and encoded anew from its pixels alone, so that nothing but what can be
 * seen in it remains: no place, no name, no profile, no file hidden behind it.
 */
import { createHash } from 'node:crypto';
import sharp, { type Metadata } from 'sharp';
import { cidOfBlob } from '../lib/cid.ts';
import { ok, type Result, refuse } from '../lib/result.ts';
import type { CleanPicture, PictureRefusal } from './clean-picture.ts';
import { INPUT_BYTES_MAX } from './limits.ts';
import { pictureHash } from './picture-hash.ts';
import {
  encodeSmallEnough,
  OUTPUT_EDGE_MAX,
  PIXELS_MAX,
  type PictureHead,
  refusalOfHead,
} from './picture-limits.ts';
import type { Pixels } from './shrink.ts';
import { type PictureFormat, sniff } from './sniff.ts';

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
  const head = await readHead(bytes, sniffed.format);
  if (head === null) return refuse('picture-broken');
  const refusal = refusalOfHead(head);
  if (refusal !== undefined) return refuse(refusal);
  const pixels = (await decode(bytes, 'error')) ?? (await decodeWithoutEnd(bytes, head));
  return pixels === null ? refuse('picture-broken') : ok(await encode(pixels));
}

/**
 * A JPEG that came without its last two bytes is whole: nothing but the mark of its end is missing.
 * A warning says that more is: then it stays broken.
 */
async function decodeWithoutEnd(
  bytes: Uint8Array,
  { format }: PictureHead,
): Promise<Pixels | null> {
  if (format !== 'jpeg') return null;
  return await decode(Buffer.concat([bytes, END_OF_JPEG]), 'warning');
}

/** Null when the bytes are damaged, or are of another kind than their first ones say. */
async function readHead(bytes: Uint8Array, format: PictureFormat): Promise<PictureHead | null> {
  try {
    // Only the header is read here, so that a picture that is too big can be told so.
    const header = await sharp(bytes, { ...DECODING, limitInputPixels: false }).metadata();
    return header.format === format ? headOf(header, format) : null;
  } catch {
    return null;
  }
}

const headOf = (header: Metadata, format: PictureFormat): PictureHead => ({
  format,
  width: header.width,
  height: header.height,
  frames: header.pages ?? 1,
  isProgressive: header.isProgressive === true,
  channels: header.channels ?? 4,
  sampleBytes: header.depth === 'ushort' ? 2 : 1,
  isSubsampled: header.chromaSubsampling === '4:2:0',
});

/** Null when the bytes are damaged: whatever the decoder says then, the person sends it again. */
async function decode(bytes: Uint8Array, failOn: 'error' | 'warning'): Promise<Pixels | null> {
  try {
    const { data, info } = await sharp(bytes, { ...DECODING, failOn })
      .resize({
        width: OUTPUT_EDGE_MAX,
        height: OUTPUT_EDGE_MAX,
        fit: 'inside',
        withoutEnlargement: true,
      })
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
  const { bytes, width, height } = await encodeSmallEnough(async (edge, quality) => {
    const { data, info } = await sharp(pixels.data, { raw: pixels.raw })
      .resize({ width: edge, height: edge, fit: 'inside', withoutEnlargement: true })
      .jpeg({ quality })
      .toBuffer({ resolveWithObject: true });
    return { bytes: data, width: info.width, height: info.height };
  });
  return {
    bytes,
    mediaType: 'image/jpeg',
    width,
    height,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    cid: cidOfBlob(bytes),
    perceptualHash: pictureHash(pixels),
  };
}
