/** A place by the words that people use for it, or by its coordinates. */
import { coordinatesIn, showCoordinates } from '../lib/coordinates.ts';
import { foldWords } from '../lib/text.ts';

/** What two spellings of one place have in common: whatever case, accents and punctuation they have. */
export function foldPlace(words: string): string {
  const coordinates = coordinatesIn(words);
  if (coordinates !== undefined) return showCoordinates(coordinates);
  // Words without a letter or digit, such as a symbol, stand for themselves.
  return foldWords(words) || words.trim();
}
