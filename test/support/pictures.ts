/** Pictures for tests, drawn on the spot. */
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
