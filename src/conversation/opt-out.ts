/**
 * The words of the law: opting out, opting in, help. They come before everything else, whatever
 * is going on (channels.md, Opt-out comes before everything).
 */
import type { LanguagePack, OptOut } from '../languages/language.ts';
import { plainLetters } from '../lib/letters.ts';
import { foldWords } from '../lib/text.ts';
import { readOnce } from './texts-read.ts';

export type LegalWord = 'stop' | 'start' | 'help';

/** A sentence with more words is no plain wish. */
const WISH_WORDS_MAX = 16;
const WISH_LENGTH_MAX = 160;
/** Not the question mark: 'Stop? Why?' asks about it. Nor the comma, which folding drops. */
const SENTENCE_END = /[.!;\n]+/u;

/**
 * Tells what a whole message asks for by law, in any of the languages; null for anything else.
 * Besides the words of the law themselves a message opts out that plainly says to stop texting, as
 * a whole or as its first or last sentence: 'STOP. I no longer live here.' It has to say that it is
 * about the messages, or be over: 'stop sending water down the drain' is about something else.
 */
export function createLegalWords(
  languages: readonly Pick<LanguagePack, 'optOut'>[],
): (text: string) => LegalWord | null {
  const all = languages.map(({ optOut }) => optOut);
  const words = new Map<string, LegalWord>();
  for (const word of ['help', 'start', 'stop'] as const) {
    for (const said of all.flatMap((optOut) => optOut[word])) words.set(foldWords(said), word);
  }
  const isWish = wishIn(all, ({ whole, wishes }) => [...whole, ...wishes]);
  const isWishInSentence = wishIn(all, ({ wishes }) => wishes);
  return readOnce((text) => {
    const plain = plainLetters(text);
    const folded = foldWords(plain);
    const word = words.get(folded);
    if (word !== undefined) return word;
    if (isWish(folded)) return 'stop';
    const sentences = plain.split(SENTENCE_END).map(foldWords).filter(Boolean);
    const ends = sentences.length > 1 ? [sentences[0], sentences.at(-1)] : [];
    return ends.some((sentence = '') => isWishInSentence(sentence)) ? 'stop' : null;
  });
}

function wishIn(
  all: readonly OptOut[],
  patternsOf: (optOut: OptOut) => readonly string[],
): (folded: string) => boolean {
  const anyOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`;
  const before = anyOf(all.map((optOut) => optOut.before));
  const after = anyOf(all.map((optOut) => optOut.after));
  const whole = anyOf(all.flatMap(patternsOf));
  const beginnings = anyOf(all.flatMap((optOut) => optOut.beginnings));
  const wish = new RegExp(`^(?:${before} )*(?:${whole}(?: ${after})*$|${beginnings}(?: |$))`, 'u');
  return (folded) =>
    folded.length <= WISH_LENGTH_MAX &&
    folded.split(' ').length <= WISH_WORDS_MAX &&
    wish.test(folded);
}
