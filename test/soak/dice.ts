// Chance that repeats itself: the same seed throws the same numbers.
import { repeatableRandom } from '../support/city.ts';

export type Dice = {
  /** A whole number from 0 to `below`, which is left out. */
  readonly number: (below: number) => number;
  readonly one: <T>(of: readonly [T, ...T[]]) => T;
  /** True so many times in a hundred. */
  readonly percent: (chance: number) => boolean;
};

export function createDice(seed: number): Dice {
  const random = repeatableRandom(seed);
  const number = (below: number): number => {
    const [a = 0, b = 0, c = 0] = random.bytes(3);
    return (a * 65_536 + b * 256 + c) % below;
  };
  return {
    number,
    one: (of) => of[number(of.length)] ?? of[0],
    percent: (chance) => number(100) < chance,
  };
}
