/**
 * Reads what a file says about the picture in it, without unpacking anything. Strangers made the
 * bytes: each step goes on by at least one byte, so that it takes no longer than to read them once.
 */
import { type BytesReader, createBytesReader } from './bytes-reader.ts';
import { readJpegHead } from './jpeg-head.ts';
import type { PictureHead } from './picture-limits.ts';
import type { PictureFormat } from './sniff.ts';

/** Null where the file is cut off or damaged before it has said enough. Never throws. */
export function readPictureHead(bytes: Uint8Array, format: PictureFormat): PictureHead | null {
  const head = HEADS[format](createBytesReader(bytes));
  return head === null || head.width < 1 || head.height < 1 ? null : head;
}

const HEADS: Readonly<Record<PictureFormat, (file: BytesReader) => PictureHead | null>> = {
  jpeg: readJpegHead,
  png: readPngHead,
  gif: readGifHead,
  webp: readWebpHead,
};

const PNG_CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** A moving PNG is its still picture: the chunks that move it are no part of that. */
function readPngHead(file: BytesReader): PictureHead | null {
  const [width, height] = [file.bigEndian(16, 4), file.bigEndian(20, 4)];
  const [depth, colour, passes] = [24, 25, 28].map((at) => file.bigEndian(at, 1));
  const channels = PNG_CHANNELS[colour ?? -1];
  const isClear = readPngChunks(file);
  if (width === undefined || height === undefined || passes === undefined) return null;
  if (file.text(12, 4) !== 'IHDR' || channels === undefined || isClear === null) return null;
  return {
    ...{ format: 'png', width, height, frames: 1, isProgressive: passes === 1 },
    ...{ channels: isClear ? channels + 1 : channels, sampleBytes: depth === 16 ? 2 : 1 },
    isSubsampled: false,
  };
}

/** Whether a colour of it is clear; null where its pixels are cut off. Only its end may be missing. */
function readPngChunks(file: BytesReader): boolean | null {
  let isClear = false;
  let hasPixels = false;
  for (let at = 8; ; ) {
    const length = file.bigEndian(at, 4);
    const kind = file.text(at + 4, 4);
    if (length === undefined || kind === 'IEND') return hasPixels ? isClear : null;
    if (kind === 'tRNS') isClear = true;
    at += 12 + length;
    if (kind !== 'IDAT') continue;
    if (at > file.length) return null;
    hasPixels = true;
  }
}

const GIF_FRAME = 0x2c;
const GIF_EXTENSION = 0x21;

/** As large as its screen, or as the largest of its frames where that is larger. */
function readGifHead(file: BytesReader): PictureHead | null {
  let width = file.littleEndian(6, 2) ?? 0;
  let height = file.littleEndian(8, 2) ?? 0;
  let frames = 0;
  for (let at = 13 + coloursLength(file.littleEndian(10, 1) ?? 0); ; ) {
    const kind = file.littleEndian(at, 1);
    if (kind === GIF_EXTENSION) {
      at = endOfBlocks(file, at + 2);
      continue;
    }
    // What is neither is its end, or no part of it.
    const frame = kind === GIF_FRAME ? readGifFrame(file, at) : null;
    if (frame === null) break;
    width = Math.max(width, frame.right);
    height = Math.max(height, frame.bottom);
    frames += 1;
    at = frame.end;
    // The still picture is cut off; whether another frame is makes no difference.
    if (frames === 1 && at > file.length) return null;
  }
  if (frames === 0) return null;
  const plain = { isProgressive: false, channels: 3, sampleBytes: 1, isSubsampled: false } as const;
  return { format: 'gif', width, height, frames, ...plain };
}

/** How far to the right and down a frame goes, and where it ends; null where its head is cut off. */
function readGifFrame(file: BytesReader, at: number) {
  const [left = 0, top = 0, width = 0, height = 0] = [1, 3, 5, 7].map((place) =>
    file.littleEndian(at + place, 2),
  );
  const colours = file.littleEndian(at + 9, 1);
  if (colours === undefined) return null;
  const end = endOfBlocks(file, at + 11 + coloursLength(colours));
  return { right: left + width, bottom: top + height, end };
}

/** Of a table of colours, by the byte that announces it. */
const coloursLength = (packed: number): number =>
  (packed & 0x80) === 0 ? 0 : 3 * 2 ** ((packed & 7) + 1);

/** Where a row of blocks ends: each begins with its length, the last with a zero. */
function endOfBlocks(file: BytesReader, start: number): number {
  let at = start;
  for (;;) {
    const length = file.littleEndian(at, 1);
    at += 1 + (length ?? 0);
    if (length === undefined || length === 0) return at;
  }
}

/** Fourteen bits, as WebP has them for an edge. */
const EDGE_BITS = 0x3fff;

function readWebpHead(file: BytesReader): PictureHead | null {
  const size = webpSize(file);
  // What the file says is in it has to be there.
  if (size === null || (file.littleEndian(4, 4) ?? 0) + 8 > file.length) return null;
  let frames = 0;
  for (let at = 12; at + 8 <= file.length; ) {
    if (file.text(at, 4) === 'ANMF') frames += 1;
    const length = file.littleEndian(at + 4, 4) ?? 0;
    at += 8 + length + (length % 2);
  }
  const plain = { isProgressive: false, channels: 4, sampleBytes: 1, isSubsampled: false } as const;
  return { format: 'webp', ...size, frames: Math.max(1, frames), ...plain };
}

function webpSize(file: BytesReader): { readonly width: number; readonly height: number } | null {
  const kind = file.text(12, 4);
  if (kind === 'VP8X') {
    const [width, height] = [file.littleEndian(24, 3), file.littleEndian(27, 3)];
    if (width === undefined || height === undefined) return null;
    return { width: width + 1, height: height + 1 };
  }
  if (kind === 'VP8L' && file.littleEndian(20, 1) === 0x2f) {
    const bits = file.littleEndian(21, 4);
    if (bits === undefined) return null;
    return { width: (bits & EDGE_BITS) + 1, height: (Math.floor(bits / 2 ** 14) & EDGE_BITS) + 1 };
  }
  const [width, height] = [file.littleEndian(26, 2), file.littleEndian(28, 2)];
  const isKeyFrame = kind === 'VP8 ' && file.text(23, 3) === '\x9d\x01*';
  if (!isKeyFrame || width === undefined || height === undefined) return null;
  return { width: width & EDGE_BITS, height: height & EDGE_BITS };
}
