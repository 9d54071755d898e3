/** Helps to write the rules by which a language's words for dates are understood. */

/** Finds these words (a pattern) where they stand alone, in any script. */
export const word = (source: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, 'gu');
