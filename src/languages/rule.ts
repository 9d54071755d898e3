/** Helps to write the rules by which a language's words for dates are understood. */
import type { Rule } from './language.ts';

/** Finds these words (a pattern) where they stand alone, in any script. */
export const word = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'gu');

/** Rules for words (patterns) that count up from `first`: their digits, with `end` after them. */
export const numberWords = (sources: readonly string[], first: number, end = ''): Rule[] =>
  sources.map((source, at) => [word(source), `${first + at}${end}`]);
