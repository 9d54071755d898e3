/**
 * Puts the words of a date into one notation, a small plain English: 'el próximo viernes a las 5 de
 * la tarde' becomes 'next friday at 5 afternoon'. So a rule about time is written once, and a
 * language only says what its words mean (`docs/languages.md` lists the notation).
 */

import { format } from 'date-fns/format';
import { plainLetters } from '../lib/letters.ts';
import { createMemo } from '../lib/memo.ts';
import type { Language, LanguagePack, Rule } from './language.ts';
import { word } from './rule.ts';

const LANGUAGES_KEPT = 100;

type Words = Pick<LanguagePack, 'tag' | 'dates'>;

const apply = (text: string, rules: readonly Rule[]): string =>
  rules.reduce((changed, [pattern, plain]) => changed.replace(pattern, plain), text);

/** What is written alike with other letters, signs or blanks, in every language. */
const SPELLING: readonly Rule[] = [
  [/[ºª°\p{Cf}]/gu, ''],
  [/½/g, ' and a half '],
  // Circled and raised digits: nobody can tell what is meant.
  [/\p{No}/gu, ' unclear '],
];
const SIGNS: readonly Rule[] = [
  [/\p{Mark}/gu, ''],
  [/\s+/g, ' '],
  [/(?:[\p{Pd}\u2212\u223c~\u3030\u30fc\u2192>]|\.{2,})+/gu, '-'],
  [/[&+]/g, ' and '],
  [/@/g, ' at '],
  [/(?<![a-z])([ap])\.? ?m\b\.?/g, '$1m'],
  [/(\d) ?[:\u2236] ?(?=\d\d)/g, '$1:'],
  [/(\d)h(?=[0-5]\d\b)/g, '$1:'],
  [/[.:](?!\d)|(?<!\d)[.:]/g, ' '],
  // A comma may be that of 1,5 hours.
  [/,(?!\d)|(?<!\d),/g, ' '],
  [/[^\p{Letter}\p{Number}:./,-]+/gu, ' '],
  [/(?<=[a-z])(?=\d)/g, ' '],
  [/(\d)(?!(?:am|pm|[aphtz]|hs|hrs?|st|nd|rd|th)(?![a-z]))(?=\p{Letter})/gu, '$1 '],
  [/(\d) ?(?:hrs?|hs|h)\b/g, '$1h'],
];
const JOINS: readonly Rule[] = [
  [/[\s,]+/g, ' '],
  [/(\d) (?=[ap]m\b)/g, '$1'],
];

/** Lower case, no accents, plain dashes, no punctuation but what dates and times are written with. */
export const foldWhen = (text: string): string =>
  apply(plainLetters(apply(text, SPELLING)).toLowerCase(), SIGNS).trim();

/** A week that begins on a Sunday, and the months of its year. */
const NAMED = [
  ...Array.from({ length: 7 }, (_, day) => ({ date: new Date(2026, 1, 1 + day), letter: 'E' })),
  ...Array.from({ length: 12 }, (_, month) => ({ date: new Date(2026, month), letter: 'M' })),
];

/** The names of days and months, whole and short, but for those that mean two, as 'mar' does. */
function nameRules({ dates: { locale } }: Words): readonly Rule[] {
  const names = NAMED.flatMap(({ date, letter }) =>
    [4, 3].map((length) => ({
      name: foldWhen(format(date, letter.repeat(length), { locale })),
      plain: format(date, letter.repeat(4)).toLowerCase(),
    })),
  );
  return names
    .filter(({ name, plain }) => names.every((one) => one.name !== name || one.plain === plain))
    .map(({ name, plain }) => [word(`(?<!\\b(?:day|week|month)s? )${name}`), plain]);
}

/**
 * Makes what puts a folded text in the notation: the numbers of all languages, the person's own
 * language, then the others. What means nothing in any of them is left.
 */
export function createPlainWhen(
  languages: readonly Words[],
): (folded: string, language: Language) => string {
  const numbers = languages.flatMap(({ dates }) => dates.numbers);
  const rulesFor = (language: Language): readonly Rule[] => {
    const isOwn = ({ tag }: Words) => tag === language;
    const rulesOf = (spoken: Words) => [...nameRules(spoken), ...spoken.dates.rules];
    const own = languages.filter(isOwn);
    const others = languages.filter((other) => !isOwn(other));
    const ownRules = own.flatMap(({ dates }) => dates.ownRules);
    return [...numbers, ...ownRules, ...[...own, ...others].flatMap(rulesOf)];
  };
  const rules = createMemo(LANGUAGES_KEPT, rulesFor);
  return (folded, language) => apply(apply(folded, rules(language)), JOINS).trim();
}
