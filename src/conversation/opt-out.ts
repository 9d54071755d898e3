/**
 * The words of the law: opting out, opting in, help. They come before everything else, whatever
 * is going on (channels.md, Opt-out comes before everything).
 */
import type { LanguagePack, OptOut } from '../languages/language.ts';
import { foldWords } from '../lib/text.ts';

export type LegalWord = 'stop' | 'start' | 'help';

/** A message with more words is no plain wish. */
const WISH_WORDS_MAX = 12;

/**
 * Tells what a whole message asks for by law, in any of the languages; null for anything else.
 * Besides the words of the law themselves a short message opts out that plainly says to stop
 * texting. It has to say that it is about the messages, or be over: 'stop sending water down the
 * drain' is about something else.
 */
export function createLegalWords(
  languages: readonly Pick<LanguagePack, 'optOut'>[],
): (text: string) => LegalWord | null {
  const all = languages.map(({ optOut }) => optOut);
  const words = new Map<string, LegalWord>();
  for (const word of ['help', 'start', 'stop'] as const) {
    for (const said of all.flatMap((optOut) => optOut[word])) words.set(foldWords(said), word);
  }
  const wishes = wishesIn(all);
  return (text) => {
    const folded = foldWords(text);
    const word = words.get(folded);
    if (word !== undefined) return word;
    return folded.split(' ').length <= WISH_WORDS_MAX && wishes.test(folded) ? 'stop' : null;
  };
}

function wishesIn(all: readonly OptOut[]): RegExp {
  const anyOf = (patterns: readonly string[]): string => `(?:${patterns.join('|')})`;
  const before = anyOf(all.map((optOut) => optOut.before));
  const after = anyOf(all.map((optOut) => optOut.after));
  const whole = anyOf(all.flatMap((optOut) => optOut.whole));
  const beginnings = anyOf(all.flatMap((optOut) => optOut.beginnings));
  return new RegExp(`^(?:${before} )*(?:${whole}(?: ${after})*$|${beginnings}(?: |$))`, 'u');
}
