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
 * old pixels are then repeated. It needs eight bytes for each channel of `width` × the old height.
 */
export function shrink({ data, raw }: Pixels, width: number, height: number): Pixels {
  const { channels } = raw;
  const narrow = new Float64Array(width * raw.height * channels);
  const columns = sharesOf(raw.width, width);
  for (let y = 0; y < raw.height; y += 1) {
    const row = y * raw.width * channels;
    let to = y * width * channels;
    for (const { first, weights } of columns) {
      for (let channel = 0; channel < channels; channel += 1) {
        let from = row + first * channels + channel;
        let sum = 0;
        for (const weight of weights) {
          sum += weight * (data[from] ?? 0);
          from += channels;
        }
        narrow[to] = sum;
        to += 1;
      }
    }
  }
  return { data: shorten(narrow, raw.height, height), raw: { width, height, channels } };
}

/** The mean of rows, rounded to bytes. */
function shorten(rows: Float64Array, before: number, after: number): Uint8Array {
  const rowLength = rows.length / before;
  const short = new Uint8Array(after * rowLength);
  const sums = new Float64Array(rowLength);
  for (const [y, { first, weights }] of sharesOf(before, after).entries()) {
    sums.fill(0);
    for (const [below, weight] of weights.entries()) {
      const row = (first + below) * rowLength;
      for (let at = 0; at < rowLength; at += 1) {
        sums[at] = (sums[at] ?? 0) + weight * (rows[row + at] ?? 0);
      }
    }
    for (let at = 0; at < rowLength; at += 1) short[y * rowLength + at] = Math.round(sums[at] ?? 0);
  }
  return short;
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
