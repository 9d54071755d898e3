/** Everything that is drawn at random in a simulation, from one seed: the same seed draws the same. */
import type { Random } from '../src/lib/random.ts';

export type Chance = {
  /** From 0 to below 1. */
  readonly next: () => number;
  /** A whole number from 0 to below `end`. */
  readonly below: (end: number) => number;
  /** From `from` to below `to`. */
  readonly between: (from: number, to: number) => number;
  readonly isSo: (probability: number) => boolean;
  readonly pick: <T>(all: readonly T[]) => T | undefined;
  /** How often something happens that happens `mean` times on average, each time by itself. */
  readonly times: (mean: number) => number;
  readonly random: Random;
};

/** Above this many, a normal distribution is as good and takes one step. */
const POISSON_MAX = 50;

export function createChance(seed: number): Chance {
  const next = sfc32(seed);
  const below = (end: number): number => Math.floor(next() * end);
  const times = (mean: number): number => {
    if (mean > POISSON_MAX) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(next)));
    let count = 0;
    for (let left = next(); left > Math.exp(-mean); left *= next()) count += 1;
    return count;
  };
  return {
    ...{ next, below, times },
    between: (from, to) => from + next() * (to - from),
    isSo: (probability) => next() < probability,
    pick: (all) => all[below(all.length)],
    random: { bytes: (length) => Uint8Array.from({ length }, () => below(256)) },
  };
}

/** Chris Doty-Humphrey's small fast counting generator: 128 bits of state, a long period. */
function sfc32(seed: number): () => number {
  let [a, b, c, counter] = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0, 0, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return (sum >>> 0) / 2 ** 32;
  };
  // Seeds that are alike have gone apart by then.
  for (let round = 0; round < 15; round += 1) next();
  return next;
}

/** Box and Muller's. */
const normal = (next: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
