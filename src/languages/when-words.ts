/**
 * Puts the words of a date into one notation, a small plain English that chrono reads: 'el próximo
 * viernes a las 5 de la tarde' becomes 'friday at 5pm'. So a rule about time is written once, and a
 * language only says what its words mean (`docs/languages.md` lists the notation).
 */

import { plainLetters } from '../lib/letters.ts';
import { createMemo } from '../lib/memo.ts';
import type { Language, LanguagePack, Rule } from './language.ts';

const LANGUAGES_KEPT = 100;

type Words = Pick<LanguagePack, 'tag' | 'dates'>;

const apply = (text: string, rules: readonly Rule[]): string =>
  rules.reduce((changed, [pattern, plain]) => changed.replace(pattern, plain), text);

/** Lower case, no accents, plain dashes, no punctuation but what dates and times are written with. */
const fold = (text: string): string =>
  plainLetters(text)
    .toLowerCase()
    .replace(/[ºª°]/g, '')
    .replaceAll('~', '-')
    .replace(/(?<![a-z])([ap])\.? ?m\b\.?/g, '$1m')
    .replace(/\.(?!\d)|(?<!\d)\./g, ' ')
    // A comma may be that of 1,5 hours.
    .replace(/,(?!\d)|(?<!\d),/g, ' ')
    .replace(/[^\p{Letter}\p{Number}:./,-]+/gu, ' ')
    .trim();

/**
 * Makes what puts a text in the notation: the numbers of all languages, the person's own language,
 * then the others. What means nothing in any of them is left.
 */
export function createPlainWhen(
  languages: readonly Words[],
): (text: string, language: Language) => string {
  const numbers = languages.flatMap(({ dates }) => dates.numbers);
  const rulesFor = (language: Language): readonly Rule[] => {
    const isOwn = ({ tag }: Words) => tag === language;
    const own = languages.filter(isOwn).flatMap(({ dates }) => [...dates.ownRules, ...dates.rules]);
    const others = languages.filter((other) => !isOwn(other)).flatMap(({ dates }) => dates.rules);
    return [...numbers, ...own, ...others];
  };
  const rules = createMemo(LANGUAGES_KEPT, rulesFor);
  return (text, language) =>
    apply(fold(text), rules(language))
      .replace(/[\s,]+/g, ' ')
      .trim();
}
