/** Scales pixels down by area: each new pixel is the mean of what it covers of the old ones. */

/** Rows from the top, in each pixel one byte a channel: grey, RGB, or RGB and an opacity. */
export type Pixels = {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly raw: {
    readonly width: number;
    readonly height: number;
    readonly channels: 1 | 3 | 4;
  };
};

/** The old pixels of a line that one new pixel covers, and how much each of them counts. */
type Share = { readonly first: number; readonly weights: readonly number[] };

/**
 * Gives `pixels` in another size, with the same channels. A size may also be larger than before:
 * old pixels are then repeated.
 */
export function shrink({ data, raw }: Pixels, width: number, height: number): Pixels {
  const { channels } = raw;
  const columns = sharesOf(raw.width, width);
  const shrunk = new Uint8Array(width * height * channels);
  const row = new Float64Array(raw.width * channels);
  for (const [y, rows] of sharesOf(raw.height, height).entries()) {
    meanOfRows(data, rows, row);
    narrow(row, columns, shrunk.subarray(y * width * channels, (y + 1) * width * channels));
  }
  return { data: shrunk, raw: { width, height, channels } };
}

/** Puts into `mean` what the old rows are on average, pixel by pixel. */
function meanOfRows(data: Pixels['data'], { first, weights }: Share, mean: Float64Array): void {
  mean.fill(0);
  for (const [below, weight] of weights.entries()) {
    const start = (first + below) * mean.length;
    for (let at = 0; at < mean.length; at += 1) {
      mean[at] = (mean[at] ?? 0) + weight * (data[start + at] ?? 0);
    }
  }
}

/** Puts into `short` the pixels of `row` on average, rounded to bytes. */
function narrow(row: Float64Array, columns: readonly Share[], short: Uint8Array): void {
  const channels = short.length / columns.length;
  for (const [x, { first, weights }] of columns.entries()) {
    for (let channel = 0; channel < channels; channel += 1) {
      let mean = 0;
      for (const [beside, weight] of weights.entries()) {
        mean += weight * (row[(first + beside) * channels + channel] ?? 0);
      }
      short[x * channels + channel] = Math.round(mean);
    }
  }
}

/** How a line of so many pixels is divided into others. */
function sharesOf(before: number, after: number): readonly Share[] {
  return Array.from({ length: after }, (_, at) => {
    const start = (at * before) / after;
    const end = ((at + 1) * before) / after;
    const first = Math.floor(start);
    const last = Math.min(before, Math.ceil(end)) - 1;
    const weights = Array.from({ length: last - first + 1 }, (__, covered) => {
      const pixel = first + covered;
      return (Math.min(end, pixel + 1) - Math.max(start, pixel)) / (end - start);
    });
    return { first, weights };
  });
}
