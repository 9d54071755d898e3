/** The arithmetic of figures that are measured again and again. */

/** The middle one, or the mean of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? Number.NaN) + upper) / 2;
}

/** The value that `share` of them (0 to 1) do not exceed; NaN of none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** What two versions gave in the same round. */
export type Pair = { readonly ours: number; readonly theirs: number };

export type Ratio = {
  /** The medians of each. */
  readonly ours: number;
  readonly theirs: number;
  /** Ours divided by theirs: the median of the rounds, the least and the greatest. */
  readonly ratio: number;
  readonly min: number;
  readonly max: number;
};

/** Pairs are of the same minute, so what else the machine does touches both of a pair alike. */
export function ratioOf(pairs: readonly Pair[]): Ratio {
  const ratios = pairs.map(({ ours, theirs }) => ours / theirs);
  return {
    ours: median(pairs.map(({ ours }) => ours)),
    theirs: median(pairs.map(({ theirs }) => theirs)),
    ratio: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
  };
}

/** A B, B A, A B …: what gets slower or faster with time does so for both. */
export const orderOf = (round: number): readonly ['ours' | 'theirs', 'ours' | 'theirs'] =>
  round % 2 === 0 ? ['ours', 'theirs'] : ['theirs', 'ours'];
