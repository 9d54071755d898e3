/** Reading whole numbers as people write them in an answer. */
import type { AmountName, LanguagePack } from '../languages/language.ts';
import { hasRaisedDigits, plainLetters, withoutMarks } from '../lib/letters.ts';
import { createNumbers } from './numbers.ts';
import { smallWords } from './small-words.ts';

export type Amounts = ReturnType<typeof createAmounts>;

const MONEY = /\p{Sc}/u;
const PLAIN = /^\d{1,15}$/;
/**
 * Thousands as they are grouped in any language, with one sign throughout. What begins with a zero,
 * such as `0.500`, is a part of one.
 */
const GROUPED = /^[1-9]\d{0,2}(?:(?:,\d{3})+|(?:[.]\d{3})+|(?: \d{3})+|(?:['٬]\d{3})+)$/u;
/** What stands in such numbers, in the spelling of any keyboard. */
const SIGNS = ".,'’‘٬．，";
/** A blank between thousands, where it can hardly be one between a name and its number. */
const BLANK =
  /(?<=\p{Nd})(?:\s(?=0\p{Nd}{2}(?!\p{Nd}))|[\u00a0\u2009\u202f](?=\p{Nd}{3}(?!\p{Nd})))/gu;
/** Longer than any number with its word; the patterns take their time with what is. */
const LENGTH_MAX = 60;

type Words = Pick<LanguagePack, 'amounts' | 'smallWords' | 'numerals'>;

/** Reads amounts with the words that any of the languages has for them: `30`, `thirty`, `30 please`. */
export function createAmounts(languages: readonly Words[]) {
  const { number } = createNumbers(languages);
  const wordsOf = (name: AmountName): string =>
    languages
      .flatMap(({ amounts }) => amounts[name])
      .map(patternOf)
      .join('|');
  const creditWords = `(?<![\\p{L}\\p{N}])(?:${wordsOf('credits')})\\.?`;
  const creditsEnd = new RegExp(`(?:\\s+\\p{L}+)?\\s*${creditWords}$`, 'iu');
  const slotsEnd = new RegExp(`\\s*(?<![\\p{L}\\p{N}])(?:${wordsOf('slots')})\\.?$`, 'iu');
  const perDayEnd = new RegExp(`\\s*(?:${wordsOf('perDay')})$`, 'iu');
  const namedAmount = new RegExp(
    `^(.*\\S)(?:\\s+|\\s*[;:=]\\s*|,\\s+)([-+]?\\p{Nd}[\\p{Nd}${SIGNS}]*)(?:\\s+(?:\\p{L}+\\s+)?${creditWords})?(,?\\s+(?:${wordsOf('next')}))?$`,
    'iu',
  );

  const count = (text: string): number => {
    const digits = plainLetters(text).trim().replace(/^\+/, '');
    return !hasRaisedDigits(text) && (PLAIN.test(digits) || GROUPED.test(digits))
      ? Number(digits.replace(/\D/g, ''))
      : ((MONEY.test(text) ? undefined : number(text)) ?? Number.NaN);
  };
  const beside = [
    wordsOf('beside'),
    ...smallWords(languages, 'before', 'after').map(patternOf),
  ].join('|');
  const besideBegin = new RegExp(`^(?:(?:${beside})[.,:]?\\s+)+`, 'iu');
  const besideEnd = new RegExp(`(?:[,.]?\\s+(?:${beside}))+$`, 'iu');
  /** The number alone: `30` of `30 credits each, please`. */
  const countBefore = (end: RegExp) => (text: string) => {
    const said = seenIn(text);
    if (said.length > LENGTH_MAX) return count(said);
    const own = count(said.replace(end, ''));
    if (!Number.isNaN(own)) return own;
    const bare = said
      .replace(/[.!]+$/u, '')
      .replace(besideBegin, '')
      .replace(besideEnd, '');
    return count(bare.replace(end, '').replace(besideEnd, ''));
  };
  const says = (end: RegExp) => {
    const countOf = countBefore(end);
    return (text: string) => {
      const said = seenIn(text);
      const bare = said.length > LENGTH_MAX ? said : said.replace(besideEnd, '');
      return !Number.isNaN(countOf(text)) && (end.test(said) || end.test(bare));
    };
  };
  const credits = countBefore(creditsEnd);
  return {
    /** A whole number such as `30`, `1,200` or `+30`; NaN for anything else. */
    count,
    /** A number of credits: `30`, `30 credits`, `30 CITY credits`. */
    credits,
    /** A number of slots: `10`, `10 people`. */
    slots: countBefore(slotsEnd),
    /** A number a day: `20`, `20 a day`. */
    perDay: countBefore(perDayEnd),
    /** Does the text say that its number is one of credits? */
    saysCredits: says(creditsEnd),
    /** Does the text say that its number is one of slots? */
    saysSlots: says(slotsEnd),
    /**
     * A name, and credits as its last words: `Codornices Creek Friends 500`; `500 NEXT` where they are
     * for the next epoch.
     */
    nameAndCredits: (text: string) => {
      const whole = text.replace(BLANK, '').normalize('NFD');
      const seen = withoutMarks(whole);
      const [, name, amount, next] = namedAmount.exec(seen.text) ?? [];
      if (name === undefined || amount === undefined) return undefined;
      const written = whole.slice(0, seen.at(name.length));
      return {
        name: written.normalize('NFC'),
        credits: credits(amount),
        isNext: next !== undefined,
      };
    },
  };
}

/** As the patterns below find words in it, with any accents or none. */
const seenIn = (text: string): string => withoutMarks(text.normalize('NFD').trim()).text;

/** Finds a word in text without marks: to name those that may be there would make a pattern huge. */
const patternOf = (word: string): string =>
  withoutMarks(word.normalize('NFD')).text.replaceAll('/', '/\\s*').replaceAll(' ', '\\s+');
