/** Guesses the language of somebody who has not chosen one. */
import { foldWords } from '../lib/text.ts';
import { LANGUAGES, type Language } from './languages.ts';

/** What people say in each language: the words of the commands, phrases such as 'POR QUE' too. */
export type LanguageWords = Readonly<Record<Language, readonly string[]>>;

/** The language of `text`; `fallback` when it could be either. */
export type GuessLanguage = (text: string, fallback: Language) => Language;

/** Whatever comes later does not change the impression. */
const TEXT_LENGTH_MAX = 400;
const SPANISH_SIGNS = /[ñ¿¡]/iu;
/** The first word says most: that is where a command stands. */
const FIRST_WEIGHT = 3;

/**
 * A guess from the commands' own words: the one that the text begins with counts most, then every
 * other. Words that both languages have (INFO) say nothing, nor do case, accents or punctuation.
 */
export function createGuessLanguage(words: LanguageWords): GuessLanguage {
  const folded = {
    en: new Set(words.en.map(foldWords)),
    es: new Set(words.es.map(foldWords)),
  };
  const score = (said: readonly string[], language: Language): number => {
    const own = folded[language];
    const other = folded[language === 'en' ? 'es' : 'en'];
    let points = 0;
    for (const [index, first] of said.entries()) {
      const pair = `${first} ${said[index + 1]}`;
      const speaks = [first, pair].some((phrase) => own.has(phrase) && !other.has(phrase));
      if (speaks) points += index === 0 ? FIRST_WEIGHT : 1;
    }
    return points;
  };
  return (text, fallback) => {
    const beginning = text.slice(0, TEXT_LENGTH_MAX);
    const said = foldWords(beginning).split(' ');
    const [en = 0, es = 0] = LANGUAGES.map((language) => score(said, language));
    const spanish = es + (SPANISH_SIGNS.test(beginning) ? 1 : 0);
    if (en === spanish) return fallback;
    return en > spanish ? 'en' : 'es';
  };
}
