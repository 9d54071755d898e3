/** Guesses the language of somebody who has not chosen one. */
import { foldWords } from '../lib/text.ts';
import type { Language, LanguagePack } from './language.ts';

/** The language of `text`; `fallback` when it could be either. */
export type GuessLanguage = (text: string, fallback: Language) => Language;

/** Whatever comes later does not change the impression. */
const TEXT_LENGTH_MAX = 400;
/** The first word says most: that is where a command stands. */
const FIRST_WEIGHT = 3;

/** All that the guess needs to know of a language. */
type Known = Pick<LanguagePack, 'tag' | 'signs'> & {
  readonly words: Readonly<Record<string, readonly string[]>>;
};

/**
 * A guess from the commands' own words: the one that the text begins with counts most, then every
 * other, then the signs that only one language has. Words of several languages (INFO) say nothing,
 * nor do case, accents or punctuation.
 */
export function createGuessLanguage(languages: readonly Known[]): GuessLanguage {
  const folded = languages.map(({ words }) => new Set(Object.values(words).flat().map(foldWords)));
  const isOnlyOf = (language: number, phrase: string): boolean =>
    folded.every((words, at) => words.has(phrase) === (at === language));
  return (text, fallback) => {
    const beginning = text.slice(0, TEXT_LENGTH_MAX);
    const said = foldWords(beginning).split(' ');
    let best = 0;
    let found = fallback;
    for (const [at, { tag, signs }] of languages.entries()) {
      let points = signs?.test(beginning) === true ? 1 : 0;
      for (const [index, word] of said.entries()) {
        const isSaid = isOnlyOf(at, word) || isOnlyOf(at, `${word} ${said[index + 1]}`);
        if (isSaid) points += index === 0 ? FIRST_WEIGHT : 1;
      }
      if (points === best) found = fallback;
      else if (points > best) found = tag;
      best = Math.max(best, points);
    }
    return found;
  };
}
