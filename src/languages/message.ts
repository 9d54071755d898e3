/** One ICU message, compiled for one language: what it needs, and how it is filled in. */
import { IntlMessageFormat } from 'intl-messageformat';
import { createMemo } from '../lib/memo.ts';
import { hasOwnDigits, ownDigits } from './digits.ts';
import type { LanguagePack, MomentStyle } from './language.ts';
import { formatMoment } from './when.ts';

/**
 * What is filled into a text. Strings go in as they are and are never read as a message; a date
 * is a `Date` or its milliseconds.
 */
export type TextParams = Readonly<Record<string, string | number | Date>>;

/** What a message does with an argument: prints it, counts it, dates it, or chooses by it. */
export type ArgumentKind = 'text' | 'number' | 'date' | 'choice';

export type Message = {
  readonly arguments: ReadonlyMap<string, ArgumentKind>;
  /** Never throws: what is missing or of a wrong kind leaves a gap, and the rest is said. */
  readonly format: (params: TextParams) => string;
};

type Element = ReturnType<IntlMessageFormat['getAst']>[number];
type Formatters = NonNullable<ConstructorParameters<typeof IntlMessageFormat>[3]>['formatters'];

/** Stands where a param is missing. */
const GAP = '…';
const MOMENTS_KEPT = 1000;

// `{start, date, short}` hands these to `getDateTimeFormat` below, which reads the name of the
// style from them: dates in messages look as formatWhen writes them, not as Intl would.
const FORMATS = {
  date: {
    short: { dateStyle: 'short' },
    medium: { dateStyle: 'medium' },
    long: { dateStyle: 'long' },
    full: { dateStyle: 'full' },
  },
  time: { short: { timeStyle: 'short' }, medium: { timeStyle: 'short' } },
} as const;
const MOMENT_STYLES = { short: 'date', medium: 'day', long: 'full', full: 'full' } as const;

/**
 * Compiles ICU messages of one language for one city. The compiler throws a SyntaxError at what
 * is no ICU message, or names a date style other than short, medium, long and full.
 */
export function createCompiler(
  language: Pick<LanguagePack, 'locale' | 'dates'>,
  timeZone: string,
): (source: string) => Message {
  const { locale } = language;
  const formatters = createFormatters(language, timeZone);
  return (source) => {
    // Tags mean nothing on any channel: `<` is a character like others.
    const message = new IntlMessageFormat(source, locale, FORMATS, {
      ignoreTag: true,
      formatters,
    });
    const found = new Map<string, ArgumentKind>();
    collectArguments(message.getAst(), found);
    if (found.size > 0 && hasOwnDigits(locale)) {
      const written = (params: TextParams) => withOwnDigits(locale, found, params);
      return { arguments: found, format: (params) => fill(message, found, written(params)) };
    }
    if (found.size > 0) {
      return { arguments: found, format: (params) => fill(message, found, params) };
    }
    const constant = String(message.format());
    return { arguments: found, format: () => constant };
  };
}

function fill(
  message: IntlMessageFormat,
  found: ReadonlyMap<string, ArgumentKind>,
  params: TextParams,
): string {
  try {
    const text = message.format(params);
    if (typeof text === 'string') return text;
  } catch {
    // A param is missing or of a wrong kind. A text with a gap helps the person more than none,
    // and the transaction that says it must not fail because of a word.
  }
  return String(message.format(repaired(found, params)));
}

/** Numbers that are printed as they are, such as a task's, in the digits of the locale. */
function withOwnDigits(
  locale: string,
  found: ReadonlyMap<string, ArgumentKind>,
  params: TextParams,
): TextParams {
  const written = Object.entries(params).map(([name, value]) =>
    typeof value === 'number' && found.get(name) === 'text'
      ? [name, ownDigits(locale, String(value))]
      : [name, value],
  );
  return Object.fromEntries(written);
}

/** `params` with every argument there and of its kind. */
function repaired(found: ReadonlyMap<string, ArgumentKind>, params: TextParams): TextParams {
  const whole: Record<string, string | number | Date> = Object.create(null);
  for (const [name, kind] of found) {
    const value: unknown = Object.hasOwn(params, name) ? params[name] : undefined;
    const plain = typeof value === 'string' || typeof value === 'number' ? value : null;
    if (kind === 'date') whole[name] = value instanceof Date ? value : Number(plain ?? Number.NaN);
    else if (kind === 'number') whole[name] = Number(plain) || 0;
    else whole[name] = plain ?? GAP;
  }
  return whole;
}

function collectArguments(elements: readonly Element[], found: Map<string, ArgumentKind>): void {
  for (const element of elements) {
    if (!('value' in element)) continue;
    const kind = kindOf(element);
    if (kind === null) continue;
    // An argument that is both counted and printed is a number.
    if (kind !== 'text' || !found.has(element.value)) found.set(element.value, kind);
    if ('options' in element) {
      for (const option of Object.values(element.options)) collectArguments(option.value, found);
    }
  }
}

// The numbers are those of the library's own list of elements; it does not export it by name.
function kindOf(element: Element): ArgumentKind | null {
  switch (element.type as number) {
    case 1:
      return 'text';
    case 2:
    case 6:
      return 'number';
    case 3:
    case 4:
      if ('style' in element && typeof element.style === 'object' && element.style !== null) {
        throw new SyntaxError('A date in a message is short, medium, long or full.');
      }
      return 'date';
    case 5:
      return 'choice';
    default:
      return null;
  }
}

/** Formatters made once each; making one costs a hundred times what using it does. */
function createFormatters(
  language: Pick<LanguagePack, 'locale' | 'dates'>,
  timeZone: string,
): NonNullable<Formatters> {
  const { locale } = language;
  const wholeNumbers = new Intl.NumberFormat(locale);
  const plurals = {
    cardinal: new Intl.PluralRules(locale, { type: 'cardinal' }),
    ordinal: new Intl.PluralRules(locale, { type: 'ordinal' }),
  };
  const numbers = new Map<string, Intl.NumberFormat>();
  const moments = new Map<MomentStyle, Intl.DateTimeFormat>();
  const makeMoment = (style: MomentStyle) => {
    const memo = createMemo(MOMENTS_KEPT, (ms: number) =>
      formatMoment(language, timeZone, ms, style),
    );
    return {
      format: (value: Date | number) => {
        const ms = Number(value);
        return Number.isNaN(new Date(ms).getTime()) ? GAP : memo(ms);
      },
    } as Intl.DateTimeFormat;
  };
  return {
    getNumberFormat: (_locales, options) => {
      if (options === undefined) return wholeNumbers;
      const name = JSON.stringify(options);
      const made =
        numbers.get(name) ?? new Intl.NumberFormat(locale, options as Intl.NumberFormatOptions);
      numbers.set(name, made);
      return made;
    },
    getDateTimeFormat: (_locales, options) => {
      const style = options?.timeStyle ? 'time' : MOMENT_STYLES[options?.dateStyle ?? 'medium'];
      const made = moments.get(style) ?? makeMoment(style);
      moments.set(style, made);
      return made;
    },
    getPluralRules: (_locales, options) => plurals[options?.type ?? 'cardinal'],
  };
}
