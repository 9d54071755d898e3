/** What pictures may be, whatever opens them: judged by their heads, before any is unpacked. */
import type { PictureRefusal } from './clean-picture.ts';
import type { PictureFormat } from './sniff.ts';

/** What the head of a file says about the picture in it. */
export type PictureHead = {
  readonly format: PictureFormat;
  /** Pixels as they are stored, upright or not. */
  readonly width: number;
  readonly height: number;
  /** More than one where it moves. */
  readonly frames: number;
  /** Whether it is stored in passes: progressive or interlaced. */
  readonly isProgressive: boolean;
  readonly channels: number;
  readonly sampleBytes: 1 | 2;
  /** Whether four pixels share one colour, as in most JPEGs. */
  readonly isSubsampled: boolean;
};

export const PIXELS_MAX = 50_000_000;
/** Far more than a photo of as many pixels has; a strip of 1 × 50,000,000 takes 15 s to decode. */
const EDGE_MAX = 20_000;
/** What a decoder may have to hold of a picture at once, before it is scaled down. */
const HELD_BYTES_MAX = 100_000_000;
/** Below what an ATProto server takes for a blob of a post, and Bluesky for a picture. */
const OUTPUT_BYTES_MAX = 999_999;
/** Tried in this order until the picture is small enough; the last always is. */
const EDGES = [2048, 1536, 1024, 768, 512] as const;
const QUALITIES = [82, 70, 55] as const;

/** The longer edge of a clean picture, in pixels. */
export const OUTPUT_EDGE_MAX = EDGES[0];

/** Why a picture with this head is not opened; undefined when it is. */
export function refusalOfHead(head: PictureHead): PictureRefusal['code'] | undefined {
  const { width, height } = head;
  if (head.frames > 1) return 'picture-animated';
  const hasTooMany = width * height > PIXELS_MAX || Math.max(width, height) > EDGE_MAX;
  if (hasTooMany) return 'picture-too-many-pixels';
  return heldBytes(head) > HELD_BYTES_MAX ? 'picture-too-heavy' : undefined;
}

/**
 * How much of a picture its decoder holds at once: a few rows where it can go from the top to the
 * bottom, and all of it where the file tells it in passes, or the format has no rows.
 */
function heldBytes(head: PictureHead): number {
  const { width, height, format, isProgressive, channels } = head;
  const pixels = width * height;
  // The picture, and what was before it below it.
  if (format === 'gif') return pixels * 8;
  // Lossless ones are decoded whole; which kind it is, its header does not tell.
  if (format === 'webp') return pixels * 4;
  if (!isProgressive) return 0;
  // A coefficient of two bytes for each sample.
  if (format === 'jpeg') return pixels * (head.isSubsampled ? 1.5 : channels) * 2;
  return pixels * channels * head.sampleBytes;
}

/**
 * Encodes a picture with less and less in it until it has fewer than a million bytes: `encode` gets
 * the longest edge (pixels) and the quality (of 100) to try.
 */
export async function encodeSmallEnough<T extends { readonly bytes: Uint8Array }>(
  encode: (edge: number, quality: number) => Promise<T>,
): Promise<T> {
  for (const edge of EDGES) {
    for (const quality of QUALITIES) {
      const encoded = await encode(edge, quality);
      if (encoded.bytes.length <= OUTPUT_BYTES_MAX) return encoded;
    }
  }
  throw new Error('A picture of 512 pixels has not fitted into a megabyte.');
}
