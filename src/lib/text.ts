/** Strangers' text, made safe to work with. Nothing here knows a language or a channel. */

import { plainLetters } from './letters.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The graphemes of a text, in order: what a reader takes for one letter. */
export const graphemesOf = (text: string): Intl.Segments => segmenter.segment(text);

// C0 and C1 controls but not tab and line feed; bidirectional overrides; lone surrogates.
const UNSAFE =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/gu;

/** Removes what no honest message contains: controls, direction overrides, lone surrogates. */
export const cleanText = (text: string): string =>
  text.replace(/\r\n?/g, '\n').replace(UNSAFE, '').normalize('NFC').trim();

/** For comparing words: upper case in plain letters without accents or punctuation, single spaces. */
export const foldWords = (text: string): string =>
  plainLetters(text)
    .toUpperCase()
    .replace(/[^\p{Letter}\p{Number}\s]/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

/** A whole number as logs and tools write it: `12,345`. */
export const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');

/** At most `limit` graphemes, with an ellipsis where something was cut. */
export function shorten(text: string, limit: number): string {
  if (text.length <= limit) return text;
  let kept = '';
  let count = 0;
  for (const { segment } of graphemesOf(text)) {
    count += 1;
    if (count === limit) {
      const rest = text.slice(kept.length + segment.length);
      return rest === '' ? kept + segment : `${kept}…`;
    }
    kept += segment;
  }
  return kept;
}
