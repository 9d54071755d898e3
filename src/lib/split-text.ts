import { graphemesOf } from './text.ts';

/** Ends of pieces from the best to the last resort: paragraphs, lines, sentences, words. */
const BREAKS = [/\n\n/gu, /\n/gu, /[.!?…]\s/gu, /\s/gu] as const;

/** No piece is shorter than this part of the limit for the sake of a better break. */
const PIECE_MIN = 0.4;

/**
 * Cuts a text into pieces that `fits` accepts, between sentences or words where there are any and
 * never inside a grapheme, unless that one alone does not fit. `limit` is an upper bound of a piece
 * in graphemes.
 */
export function splitText(
  text: string,
  limit: number,
  fits: (piece: string) => boolean = () => true,
): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    // Nearly every text is short: no need to look at its graphemes.
    const most =
      rest.length <= limit && fits(rest) ? rest.length : longestFitting(rest, limit, fits);
    if (most === rest.length) {
      pieces.push(rest);
      break;
    }
    const end = bestBreak(rest.slice(0, most + 1), most);
    pieces.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return pieces;
}

/** How much of the text makes a piece, in code units; at least one code point. */
function longestFitting(text: string, limit: number, fits: (piece: string) => boolean): number {
  const ends: number[] = [];
  for (const { index, segment } of graphemesOf(text)) {
    ends.push(index + segment.length);
    if (ends.length === limit) break;
  }
  const [first = text.length] = ends;
  const most = ends.at(-1) ?? text.length;
  if (fits(text.slice(0, most))) return most;
  if (!fits(text.slice(0, first))) return longestPrefix(text, codePointEnds(text, first), fits);
  return longestPrefix(text, ends, fits);
}

/** Some graphemes go on for pages: a letter with a thousand accents. */
function codePointEnds(text: string, until: number): number[] {
  const ends: number[] = [];
  for (const character of text.slice(0, until)) ends.push((ends.at(-1) ?? 0) + character.length);
  return ends;
}

function longestPrefix(
  text: string,
  ends: readonly number[],
  fits: (piece: string) => boolean,
): number {
  // By halving: whether it fits only gets worse with its length.
  let low = 0;
  let high = ends.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(text.slice(0, ends[middle]))) low = middle;
    else high = middle - 1;
  }
  return ends[low] ?? text.length;
}

function bestBreak(window: string, most: number): number {
  for (const pattern of BREAKS) {
    let best = 0;
    for (const found of window.matchAll(pattern)) {
      const end = found.index + found[0].length;
      if (end <= most + 1) best = Math.min(end, most);
    }
    if (best >= most * PIECE_MIN) return best;
  }
  return most;
}
