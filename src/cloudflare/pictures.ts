/**
 * Makes a picture from a stranger fit for the public record, as `media/picture.ts` does, in a
 * worker. Its head is judged here; Images, which runs elsewhere, unpacks it and scales it down; and
 * what comes back is encoded anew from its pixels alone.
 */

import { bytesToHex } from '@noble/hashes/utils.js';
import { cidOfDigest } from '../lib/cid.ts';
import { ok, type Result, refuse } from '../lib/result.ts';
import type { CleanBytes, CleanPicture, PictureRefusal } from '../media/clean-picture.ts';
import { INPUT_BYTES_MAX } from '../media/limits.ts';
import { pictureHash } from '../media/picture-hash.ts';
import { readPictureHead } from '../media/picture-head.ts';
import { encodeSmallEnough, refusalOfHead } from '../media/picture-limits.ts';
import { type Pixels, shrink } from '../media/shrink.ts';
import { type PictureFormat, sniff } from '../media/sniff.ts';
import { drawWithImages } from './images.ts';
import { decodeJpeg, encodeJpeg } from './jpeg.ts';
import { sha256BytesOf } from './sha256.ts';

/** Images takes no longer edge. */
const IMAGES_EDGE_MAX = 12_000;

/**
 * Takes JPEG, PNG, WebP and GIF without motion, up to 10 MB, 50 megapixels and 12,000 pixels an
 * edge, and gives a JPEG under 1,000,000 bytes whose longer edge has at most 2048 pixels. Whatever
 * is in the bytes is no reason to throw; that Images does not work is, and then it may work later.
 */
export const createImagesCleaner =
  (images: ImagesBinding): CleanBytes =>
  async (bytes) => {
    const judged = judge(bytes);
    if (!judged.ok) return judged;
    const drawn = await drawWithImages(images, bytes, judged.value);
    return drawn === undefined ? refuse('picture-broken') : ok(await clean(drawn));
  };

/** The kind of a picture that may be opened, by what its bytes say without being unpacked. */
function judge(bytes: Uint8Array): Result<PictureFormat, PictureRefusal> {
  if (bytes.length > INPUT_BYTES_MAX) return refuse('picture-too-large');
  const sniffed = sniff(bytes);
  if (!sniffed.isPicture) return refuse(sniffed.code);
  const head = readPictureHead(bytes, sniffed.format);
  if (head === null) return refuse('picture-broken');
  const refusal = refusalOfHead(head);
  if (refusal !== undefined) return refuse(refusal);
  const longerEdge = Math.max(head.width, head.height);
  return longerEdge > IMAGES_EDGE_MAX ? refuse('picture-too-many-pixels') : ok(sniffed.format);
}

async function clean(drawn: Uint8Array): Promise<CleanPicture> {
  const { bytes, width, height, perceptualHash } = await redraw(drawn);
  const digest = await sha256BytesOf(bytes);
  return {
    bytes,
    mediaType: 'image/jpeg',
    width,
    height,
    sizeBytes: bytes.length,
    sha256: bytesToHex(digest),
    cid: cidOfDigest(digest),
    perceptualHash,
  };
}

/**
 * Waits for nothing outside of the worker, so that of all the pictures that one worker has at a time
 * only one is unpacked: it has 128 MB, and the pixels of one take up to 17 MB, in three places.
 */
async function redraw(drawn: Uint8Array) {
  const pixels = await decodeJpeg(drawn);
  let smaller = pixels;
  const { bytes, raw } = await encodeSmallEnough(async (edge, quality) => {
    smaller = withinEdge(smaller, edge);
    return { bytes: await encodeJpeg(smaller, quality), raw: smaller.raw };
  });
  const { width, height } = raw;
  return { bytes, width, height, perceptualHash: pictureHash(pixels) };
}

/** The same where it is small enough. */
function withinEdge(pixels: Pixels, edge: number): Pixels {
  const { width, height } = pixels.raw;
  const scale = edge / Math.max(width, height);
  if (scale >= 1) return pixels;
  const scaled = (length: number): number => Math.max(1, Math.round(length * scale));
  return shrink(pixels, scaled(width), scaled(height));
}
