/** The words of a text one by one, and the small ones among them that change nothing. */
import type { LanguagePack, SmallWordName } from '../languages/language.ts';
import { type Folded, foldSeen, hasRaisedDigits } from '../lib/letters.ts';
import { createMemo } from '../lib/memo.ts';
import { foldWords } from '../lib/text.ts';

/** A word as it is compared, and where it stands in the text. */
export type Word = {
  readonly folded: string;
  /** Its digits, plain, where it has nothing else; empty for any other word. */
  readonly digits: string;
  readonly start: number;
  readonly end: number;
};

/** What a phrase is followed by is looked for in so many words. */
const PHRASE_WORDS_MAX = 6;
/** No command and no number comes later in a message. */
const WORDS_MAX = 60;
const LOOKED_THROUGH_MAX = 2000;
/** The texts whose words are remembered: those of the messages that are worked on together. */
const TEXTS_MAX = 256;
const DIGITS = /^\d+$/;
const WORD = /[\p{L}\p{N}]+/gu;

/**
 * The first words of a text, of which `I'd like` has three; letters and digits are plain ones. Each
 * who reads a message asks for the same ones.
 */
export const wordsIn = createMemo(TEXTS_MAX, readWords);

function readWords(text: string): readonly Word[] {
  const words: Word[] = [];
  const seen = foldSeen(text.slice(0, LOOKED_THROUGH_MAX));
  for (const { 0: written, index } of seen.text.matchAll(WORD)) {
    const folded = foldWords(written);
    const place = { start: seen.at(index), end: endOf(seen, index + written.length) };
    // A small number high up is no digit, whatever it folds to.
    const isNumber = DIGITS.test(written) && !hasRaisedDigits(text.slice(place.start, place.end));
    if (folded !== '') words.push({ folded, digits: isNumber ? written : '', ...place });
    if (words.length === WORDS_MAX) break;
  }
  return words;
}

/** The place after what ends before a character that is seen: a sign may be seen as several. */
function endOf({ text, at }: Folded, end: number): number {
  let next = end;
  while (next < text.length && at(next) === at(end - 1)) next += 1;
  return at(next);
}

/** A set of phrases, each of one word or several. */
export type Phrases = {
  /** The number of words that the longest phrase at a place has; 0 for none. */
  readonly lengthAt: (words: readonly Word[], at: number) => number;
  /** The place after all phrases that follow one another from a place. */
  readonly skip: (words: readonly Word[], at: number) => number;
};

export function createPhrases(said: readonly string[]): Phrases {
  const known = new Set(said.map(foldWords));
  const firsts = new Set([...known].map((phrase) => phrase.split(' ', 1)[0]));
  const lengthAt = (words: readonly Word[], at: number): number => {
    if (!firsts.has(words[at]?.folded)) return 0;
    const next = words.slice(at, at + PHRASE_WORDS_MAX).map(({ folded }) => folded);
    for (let count = next.length; count > 0; count -= 1) {
      if (known.has(next.slice(0, count).join(' '))) return count;
    }
    return 0;
  };
  const skip = (words: readonly Word[], from: number): number => {
    let at = from;
    for (;;) {
      const count = lengthAt(words, at);
      if (count === 0) return at;
      at += count;
    }
  };
  return { lengthAt, skip };
}

/** The small words of one kind, of all languages. */
export const smallWords = (
  languages: readonly Pick<LanguagePack, 'smallWords'>[],
  ...names: readonly SmallWordName[]
): readonly string[] =>
  languages.flatMap((language) => names.flatMap((name) => language.smallWords[name]));
