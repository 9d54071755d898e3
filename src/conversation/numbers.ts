/** Reading the numbers that name something: `2`, `the number 2`, `two`, `6, 7 and 8`. */
import type { LanguagePack } from '../languages/language.ts';
import { plainDigits } from '../lib/digits.ts';
import { foldWords } from '../lib/text.ts';
import { createPhrases, smallWords, type Word, wordsIn } from './small-words.ts';

/** The numbers that a text begins with. */
export type Numbers = {
  /** In their order, each once. */
  readonly numbers: readonly number[];
  /** What follows them, as written; empty where that is courtesy. */
  readonly rest: string;
  /** What follows the first of them: for those who take one number alone. */
  readonly restOfFirst: string;
  /** They are said to be alternatives, as in `2 or 3`. */
  readonly isChoice: boolean;
};

type Words = Pick<LanguagePack, 'smallWords' | 'numerals'>;
/** A text and its words. */
type Said = { readonly text: string; readonly words: readonly Word[] };
/** A number with its place among the words. */
type Found = { readonly number: number; readonly at: number; readonly isDigits: boolean };

const DIGITS = /^\d{1,9}$/;
/** Joins two halves of one number, span or time, as in 1.5, 10:30, 2-4 and 1/2. */
const WITHIN_NUMBER = /^[.:⁄/\-‐-―]$/u;
const THREE_DIGITS = /^\d{3}$/;
/** Stands between two numbers that are both meant. */
const BETWEEN_NUMBERS = /^[\s,;.#№+&]*$/u;
const LISTED = /[,;+&]/u;
/** What makes another number of the digits after it: -1, .5 */
const SIGN = /(?:^|\s)[-−–+.]$/u;
/** What people put after a number before they go on. */
const AFTER_NUMBER = /^[\s:;,.!?)،؛…–-]+/u;
/** Letters before the first digit of a text. */
const GLUED = /^[^\p{L}\p{N}]{0,5}\p{L}{1,10}[.°º]{0,3}(?=\p{Nd}{1,9}(?![\p{L}\p{N}-]))/u;
const NUMBERS_MAX = 20;
const LEADING = /^[\s#№:.,]{0,10}(?<digits>\d{1,9})(?![\d\p{L}])[\s:;,.–-]{0,10}(?<words>.*)$/su;

const gap = ({ text, words }: Said, at: number): string =>
  text.slice(words[at - 1]?.end ?? 0, words[at]?.start ?? text.length);

/** Finds single numbers among the words of a text. */
function createFinder(languages: readonly Words[]) {
  const small = createPhrases(smallWords(languages, 'between'));
  const times = createPhrases(smallWords(languages, 'times'));
  const ands = createPhrases(smallWords(languages, 'and'));
  const ors = createPhrases(smallWords(languages, 'or'));
  const numerals = new Map(
    languages.flatMap(({ numerals: named }) =>
      Object.entries(named).map(([said, number]) => [foldWords(said), number] as const),
    ),
  );
  /** The place after the small words from a place: `at 2` is no small word and a number, but a time. */
  const skipSmall = (words: readonly Word[], from: number): number => {
    let at = from;
    while (times.lengthAt(words, at) === 0) {
      const count = small.lengthAt(words, at);
      if (count === 0) return at;
      at += count;
    }
    return at;
  };
  const numberAt = (said: Said, at: number): Found | undefined => {
    const word = said.words[at];
    if (word === undefined) return undefined;
    const named = numerals.get(word.folded);
    if (named !== undefined) return { number: named, at, isDigits: false };
    if (!DIGITS.test(word.digits) || SIGN.test(gap(said, at))) return undefined;
    const next = said.words[at + 1]?.digits ?? '';
    const joint = gap(said, at + 1);
    const isThousands = joint === ',' && THREE_DIGITS.test(next);
    const isPart = isThousands || (next !== '' && WITHIN_NUMBER.test(joint));
    return isPart ? undefined : { number: Number(word.digits), at, isDigits: true };
  };
  return {
    skipSmall,
    first: (said: Said) => numberAt(said, skipSmall(said.words, 0)),
    /** The next number after one, and whether the two are alternatives. */
    next: (said: Said, { at }: Found) => {
      const and = ands.lengthAt(said.words, at + 1);
      const or = and === 0 ? ors.lengthAt(said.words, at + 1) : 0;
      const joint = gap(said, at + 1);
      const isListed = and + or > 0 || LISTED.test(joint);
      if (!isListed && !BETWEEN_NUMBERS.test(joint)) return undefined;
      const from = at + 1 + and + or;
      // In '3 of 4 bags' the words between belong to what is counted.
      const found = numberAt(said, isListed ? skipSmall(said.words, from) : from);
      return found === undefined ? undefined : { found, isChoice: or > 0 };
    },
  };
}

/** Reads numbers in any digits, and with the words that any of the languages has for them. */
export function createNumbers(languages: readonly Words[]) {
  const find = createFinder(languages);
  const small = createPhrases(smallWords(languages, 'between'));
  const counted = createPhrases(smallWords(languages, 'counted'));
  const after = createPhrases(smallWords(languages, 'after'));

  const isOver = (words: readonly Word[], at: number): boolean =>
    after.skip(words, at) >= words.length;
  const restAfter = ({ text, words }: Said, { at }: Found): string =>
    isOver(words, at + 1) ? '' : text.slice(words[at]?.end).replace(AFTER_NUMBER, '').trim();

  /** `task2`, `nº2`: a small word and its number without a blank. */
  const apart = (text: string): string =>
    text.replace(GLUED, (word) => {
      const words = wordsIn(word);
      return small.skip(words, 0) === words.length ? `${word} ` : word;
    });

  /** The numbers that a text begins with; undefined where it begins with none. */
  const numbers = (written: string): Numbers | undefined => {
    const text = apart(written);
    const said = { text, words: wordsIn(text) };
    const first = find.first(said);
    if (first === undefined || counted.lengthAt(said.words, first.at + 1) > 0) return undefined;
    const all = [first];
    let last = first;
    let isChoice = false;
    while (all.length < NUMBERS_MAX) {
      const next = find.next(said, last);
      if (next === undefined) break;
      isChoice ||= next.isChoice;
      last = next.found;
      all.push(last);
    }
    const rest = restAfter(said, last);
    const restOfFirst = restAfter(said, first);
    // In 'two bags' the word counts something, and in '7 one bag' too.
    if (rest !== '' && all.some(({ isDigits }) => !isDigits)) {
      const [number] = first.isDigits ? [first.number] : [];
      return number === undefined
        ? undefined
        : { numbers: [number], rest: restOfFirst, restOfFirst, isChoice: false };
    }
    // In '6 - 7' nobody knows whether both are meant; that 7 is a note nobody means.
    const more = rest === '' ? undefined : numbers(rest);
    const isSplit = more?.rest === '';
    const own = all.map(({ number }) => number);
    return {
      numbers: [...new Set(isSplit ? [...own, ...more.numbers] : own)],
      rest: isSplit ? '' : rest,
      restOfFirst,
      isChoice: isChoice || isSplit,
    };
  };

  return {
    numbers,
    /** The one number that is the whole of a text but for small words; undefined for anything else. */
    number: (text: string): number | undefined => {
      const read = numbers(text);
      return read?.numbers.length === 1 && read.rest === '' ? read.numbers[0] : undefined;
    },
    /** A leading number and the words after it, which a number cannot be; undefined without a number. */
    numberAndWords: (text: string) => {
      const read = numbers(text);
      const [number] = read?.numbers ?? [];
      if (read === undefined || number === undefined) return undefined;
      const { restOfFirst } = read;
      return { number, words: numbers(restOfFirst)?.rest === '' ? '' : restOfFirst };
    },
    /** The number in digits that a text begins with, and everything after it as it was written. */
    leadingNumber: (
      text: string,
    ): { readonly number: number; readonly words: string } | undefined => {
      const { digits, words = '' } = LEADING.exec(plainDigits(text))?.groups ?? {};
      return digits === undefined ? undefined : { number: Number(digits), words: words.trim() };
    },
    /** Is a text nothing but numbers, so that it is no reason and no note? */
    isNumbers: (text: string): boolean => numbers(text)?.rest === '',
    /** A text without courtesy, and without the small words before what matters. */
    plain: (text: string): string => {
      const words = wordsIn(text);
      const from = find.skipSmall(words, 0);
      const over = words.findIndex((_, at) => at >= from && isOver(words, at));
      if (from === words.length || over === from) return '';
      // Without courtesy also the signs behind the last word belong to it.
      const end = over === -1 ? undefined : words[over - 1]?.end;
      return text.slice(words[from]?.start, end).trim();
    },
  };
}
