/** Everything the bot says, in the person's language and the city's time zone. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import { createMemo } from '../lib/memo.ts';
import type { Refusal } from '../lib/result.ts';
import { ownDigits } from './digits.ts';
import type { Language, LanguagePack, TextKey } from './language.ts';
import type { ArgumentKind, Message, TextParams } from './message.ts';
import { createCompiler } from './message.ts';
import { formatDays, formatWhen, type Span } from './when.ts';

export type { Language, TextKey } from './language.ts';
export type { TextParams } from './message.ts';

export type Texts = {
  /**
   * The text `key` with `params` filled in. `{currencyWord}` is always there. Never throws: a
   * param that is missing leaves '…'.
   */
  readonly say: (language: Language, key: TextKey, params?: TextParams) => string;
  /** Why something was refused: the text `refused.<code>`, or a general one for a code without. */
  readonly refusal: (language: Language, refusal: Refusal) => string;
  /** A number of credits with the city's word for them: '12 CITY credits'. */
  readonly credits: (language: Language, count: number) => string;
  /** `formatWhen` in the city's time zone. */
  readonly when: (language: Language, span: Span) => string;
  /** A length of time, rounded up: '15 minutes', '2 hours' from 90 minutes on, days from 48 h. */
  readonly duration: (language: Language, ms: number) => string;
  /** `formatDays`. */
  readonly days: (language: Language, days: readonly number[]) => string;
  /** A number that names something, such as a task's. */
  readonly number: (language: Language, number: number) => string;
  /** The main word for a command, an answer (`yes`, `no`) or a reason, as people are told to write it. */
  readonly word: (language: Language, command: string) => string;
  /** The ICU arguments of a text, as compiled. */
  readonly argumentsOf: (language: Language, key: TextKey) => ReadonlyMap<string, ArgumentKind>;
};

const NO_PARAMS: TextParams = {};
const WHENS_KEPT = 2000;
const HOURS_FROM_MS = 90 * MINUTE_MS;
const DAYS_FROM_MS = 48 * HOUR_MS;

/**
 * The texts of a city. `timeZone` is an IANA name, `currencyWord` the city's word for its
 * credits. A message is compiled the first time it is said and kept. A tag of no language, as of
 * one that was taken away, gets the first one.
 */
/** After an abbreviation such as `p.m.` a sentence needs no other full stop. */
const DOUBLE_STOP = /(?<=\.\p{L}\.)\.(?!\.)/gu;

export function createTexts(
  city: { readonly timeZone: string; readonly currencyWord: string },
  languages: readonly LanguagePack[],
): Texts {
  const made = new Map(languages.map((language) => [language.tag, createLanguage(language, city)]));
  const [first] = made.values();
  if (first === undefined) throw new Error('createTexts: no language');
  const spoken = (language: Language) => made.get(language) ?? first;
  const say: Texts['say'] = (language, key, params = NO_PARAMS) =>
    spoken(language).text(key).format(params).replace(DOUBLE_STOP, '');
  const isTextKey = (key: string): key is TextKey =>
    languages.every(({ texts }) => Object.hasOwn(texts, key));
  return {
    say,
    refusal: (language, refusal) => {
      const key = `refused.${refusal.code}`;
      return say(language, isTextKey(key) ? key : 'refused.unknown', refusal.params);
    },
    credits: (language, count) => say(language, 'credit.amount', { count }),
    when: (language, span) => spoken(language).when(span),
    duration: (language, ms) => {
      if (ms >= DAYS_FROM_MS) return say(language, 'time.days', { count: Math.ceil(ms / DAY_MS) });
      if (ms > HOURS_FROM_MS)
        return say(language, 'time.hours', { count: Math.ceil(ms / HOUR_MS) });
      return say(language, 'time.minutes', { count: Math.ceil(ms / MINUTE_MS) });
    },
    days: (language, days) => spoken(language).days(days),
    number: (language, number) => spoken(language).number(number),
    word: (language, command) => spoken(language).word(command),
    argumentsOf: (language, key) => spoken(language).text(key).arguments,
  };
}

/** One language of a city: its compiled texts and the times it has written. */
function createLanguage(
  language: LanguagePack,
  { timeZone, currencyWord }: { readonly timeZone: string; readonly currencyWord: string },
) {
  const compile = createCompiler(language, timeZone);
  const texts = new Map<TextKey, Message>();
  const words = new Map<string, readonly string[]>([
    ...Object.entries(language.answers),
    ...Object.entries(language.words),
    ...Object.entries(language.reasons),
  ]);
  const whens = createMemo(WHENS_KEPT, (times: string) => {
    const [startMs, endMs, nowMs] = JSON.parse(times) as [number, number | null, number];
    return formatWhen(language, timeZone, { startMs, endMs, nowMs });
  });
  const compileText = (key: TextKey): Message => {
    const message = compile(language.texts[key]);
    if (!message.arguments.has('currencyWord')) return message;
    return { ...message, format: (params) => message.format({ currencyWord, ...params }) };
  };
  return {
    text: (key: TextKey): Message => {
      const known = texts.get(key);
      if (known !== undefined) return known;
      const message = compileText(key);
      texts.set(key, message);
      return message;
    },
    days: (days: readonly number[]): string => formatDays(language, days),
    number: (number: number): string => ownDigits(language.locale, String(number)),
    word: (command: string): string => words.get(command)?.[0] ?? command.toUpperCase(),
    when: ({ startMs, endMs = null, nowMs = startMs }: Span): string =>
      // Whether the year is needed does not change within the hour.
      whens(JSON.stringify([startMs, endMs, nowMs - (nowMs % HOUR_MS)])),
  };
}
