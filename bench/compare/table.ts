/** How a comparison is printed. */
import type { Ratio } from '../ratios.ts';

const NAME_WIDTH = 30;
const VALUE_WIDTH = 14;

/** About three digits: the others are noise. */
const figureOf = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: value < 10 ? 2 : value < 100 ? 1 : 0 });

const timesOf = (ratio: number): string => ratio.toFixed(2);

export const HEAD = `${''.padEnd(NAME_WIDTH)}${'this'.padStart(VALUE_WIDTH)}${'other'.padStart(VALUE_WIDTH)}   this ÷ other (least…greatest of the rounds)`;

/** Such as `whole loops a second   412   166   2.48 (2.31…2.60)`. */
export function lineOf(name: string, { ours, theirs, ratio, min, max }: Ratio): string {
  const values = [ours, theirs].map((value) => figureOf(value).padStart(VALUE_WIDTH)).join('');
  const times = `${timesOf(ratio)} (${timesOf(min)}…${timesOf(max)})`;
  return `${name.padEnd(NAME_WIDTH)}${values}   ${times}`;
}

/** A value that one of the two does not tell. */
export const missingLine = (name: string): string =>
  `${name.padEnd(NAME_WIDTH)}${'not told by both'.padStart(2 * VALUE_WIDTH)}`;
