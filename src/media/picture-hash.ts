/**
 * Tells the looks of a picture in 256 bits that survive scaling, encoding and a change of light: a
 * difference hash. Each bit says whether one place of the picture is clearly brighter than the
 * place to its right.
 */
import { type Pixels, shrink } from './shrink.ts';

/** Bits in a row, and rows; one more column of places, for the last bit's neighbour. */
const SIDE = 16;
const COLUMNS = SIDE + 1;
/** Each place is four samples wide and high, and looks two samples beyond its border. */
const SAMPLES = 4;
const BEYOND = 2;
/**
 * "Clearly": by a tenth of the standard deviation of all places. Without that, the bits of a clear
 * sky are those of the camera's noise.
 */
const MARGIN = 0.1;
/** In grey levels of 256: what varies less is black, white or fog. */
const DEVIATION_MIN = 6;
/**
 * Where fewer bits are of one kind, or fewer places differ clearly from the one below, there is too
 * little to tell a picture by: one even surface, or one door, looks like any other.
 */
const CLEAR_MIN = 24;
/**
 * Bit (x, y) belongs to piece (x + 3y) mod 16, so that no piece lies within one row or column. Of
 * drawn scenes 3 in 100 had a piece in common then, but 64 where each piece was a row: one sky is
 * much like another.
 */
const PIECE_STEP = 3;

/** How much of the brightness is in each primary colour (ITU-R BT.709). */
const RED = 0.2126;
const GREEN = 0.7152;
const BLUE = 0.0722;

/**
 * 64 hex digits, or null when there is too little in the picture to tell it by. It computes with
 * nothing but these pixels, so that a city gives the same hash wherever it runs.
 */
export function pictureHash(pixels: Pixels): string | null {
  const grey = greyOf(shrink(pixels, COLUMNS * SAMPLES, SIDE * SAMPLES));
  const places = placesOf(grey);
  const deviation = deviationOf(places);
  if (deviation < DEVIATION_MIN) return null;
  const margin = MARGIN * deviation;
  const place = (x: number, y: number): number => places[y * COLUMNS + x] ?? 0;
  const pieces = Array.from({ length: SIDE }, () => '');
  let across = 0;
  let down = 0;
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < SIDE; x += 1) {
      const isSet = place(x, y) - place(x + 1, y) > margin;
      pieces[(x + PIECE_STEP * y) % SIDE] += isSet ? '1' : '0';
      if (isSet) across += 1;
      if (y > 0 && Math.abs(place(x, y - 1) - place(x, y)) > margin) down += 1;
    }
  }
  const bits = pieces.join('');
  if (Math.min(across, bits.length - across, down) < CLEAR_MIN) return null;
  return BigInt(`0b${bits}`)
    .toString(16)
    .padStart(bits.length / 4, '0');
}

/** The brightness of each pixel, in as many levels as a byte has. */
function greyOf({ data, raw: { channels } }: Pixels): Uint8Array {
  if (channels === 1) return Uint8Array.from(data);
  return Uint8Array.from({ length: data.length / channels }, (_, pixel) => {
    const at = pixel * channels;
    const light = (channel: number): number => LIGHT[data[at + channel] ?? 0] ?? 0;
    return levelOf(RED * light(0) + GREEN * light(1) + BLUE * light(2));
  });
}

/** The amount of light, from 0 to 1, that a byte of sRGB stands for (IEC 61966-2-1). */
const LIGHT = Float64Array.from({ length: 256 }, (_, level) => {
  const part = level / 255;
  return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
});

/** The byte of sRGB that stands for this amount of light. */
const levelOf = (light: number): number =>
  Math.round(255 * (light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055));

function deviationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** The mean brightness of each place and its surroundings, row by row. */
function placesOf(grey: Uint8Array): number[] {
  const width = COLUMNS * SAMPLES;
  const height = SIDE * SAMPLES;
  const places: number[] = [];
  for (let y = 0; y < SIDE; y += 1) {
    for (let x = 0; x < COLUMNS; x += 1) {
      const [left, right] = reach(x, width);
      const [top, bottom] = reach(y, height);
      let sum = 0;
      for (let row = top; row < bottom; row += 1) {
        for (let column = left; column < right; column += 1) sum += grey[row * width + column] ?? 0;
      }
      places.push(sum / ((right - left) * (bottom - top)));
    }
  }
  return places;
}

const reach = (place: number, samples: number): readonly [number, number] => [
  Math.max(0, place * SAMPLES - BEYOND),
  Math.min(samples, (place + 1) * SAMPLES + BEYOND),
];
