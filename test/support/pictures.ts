/** Pictures for tests, drawn on the spot. */
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

/** Left half red, right half blue: which way up it is can be seen. */
export const twoColours = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#d00000' } }).composite([
    {
      input: {
        create: { width: width / 2, height, channels: 3, background: '#0000d0' },
      },
      left: width / 2,
      top: 0,
    },
  ]);

/** Pixels at random: what compresses worst. */
export const noise = (width: number, height: number) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#808080',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  });

/** Two frames that differ. */
export async function twoFrames(size: number) {
  const frame = (background: string) =>
    sharp({ create: { width: size, height: size, channels: 3, background } })
      .png()
      .toBuffer();
  const frames = await Promise.all([frame('#d00000'), frame('#0000d0')]);
  return sharp(frames, { join: { animated: true } });
}

/** A PNG of one bit a pixel, all black: gigantic for a few kilobytes. */
export function hugePng(width: number, height: number): Uint8Array {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const rows = Buffer.alloc(height * (1 + Math.ceil(width / 8)));
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('IDAT', deflateSync(rows, { level: 9 })),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A PNG with further chunks after its header. */
export const pngWith = (png: Uint8Array, ...chunks: readonly Uint8Array[]): Buffer =>
  // The signature has 8 bytes, the header 25.
  Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]);

/** A JPEG with further segments at its beginning. */
export const jpegWith = (jpeg: Uint8Array, ...segments: readonly Uint8Array[]): Buffer =>
  Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]);

export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
