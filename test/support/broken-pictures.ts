// A process of its own that cleans one broken picture after the other, each another one, and prints
// how much memory (bytes) it has in use at the most, after the first and after the last.
import sharp from 'sharp';
import { cleanPicture } from '../../src/media/picture.ts';

const PICTURES = 20;
const black = { width: 8000, height: 6000, channels: 3 as const, background: '#000' };
const jpeg = await sharp({ create: black }).jpeg({ quality: 1, progressive: true }).toBuffer();
const scan = jpeg.subarray(jpeg.lastIndexOf(Buffer.from([0xff, 0xda])), -2);

const codes: string[] = [];
const inUse: number[] = [];
for (let each = 0; each < PICTURES; each += 1) {
  const scans = Array<Buffer>(90 + each).fill(scan);
  const result = await cleanPicture(
    Buffer.concat([jpeg.subarray(0, -2), ...scans, jpeg.subarray(-2)]),
  );
  codes.push(result.ok ? 'taken' : result.refusal.code);
  inUse.push(process.memoryUsage.rss());
}
process.stdout.write(JSON.stringify({ codes, first: inUse[0], most: Math.max(...inUse) }));
