/** The answers of a PDS, by what they mean for whoever asked. */
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../lib/clock.ts';

export type Refused = {
  readonly kind: 'refused';
  readonly code: string;
  readonly message: string;
};

export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** It said no, and did nothing. Asking again brings the same answer. */
  | Refused
  /** Too much at once: it did nothing, and wants to be left alone until `clock.elapsed()` is so much. */
  | { readonly kind: 'limited'; readonly until: number }
  /** Whether it did anything is not known: no answer, or the answer of a server in trouble. */
  | { readonly kind: 'uncertain'; readonly message: string };

export const answered = <T>(value: T): Answer<T> => ({ kind: 'ok', value });

export const refused = (code: string, message: string): Refused => ({
  kind: 'refused',
  code,
  message,
});

export const uncertain = (cause: unknown): Answer<never> => ({
  kind: 'uncertain',
  message: cause instanceof Error ? describe(cause) : String(cause),
});

function describe({ message, cause }: Error): string {
  const isNews = cause instanceof Error && cause.message !== message;
  return wordsOf(isNews ? `${message}: ${cause.message}` : message) ?? '';
}

const WORDS_MAX = 200;

/**
 * Makes what a server said fit for the log and for whoever runs the city: one line of at most 200
 * characters that can be seen. Undefined when it said nothing, or not in words.
 */
export function wordsOf(said: unknown): string | undefined {
  if (typeof said !== 'string') return undefined;
  const start = said.slice(0, 10 * WORDS_MAX);
  const seen = [...start.replace(/[\p{C}\p{Z}]+/gu, ' ').trim()];
  if (seen.length === 0) return undefined;
  const isCut = seen.length > WORDS_MAX || start.length < said.length;
  return isCut ? `${seen.slice(0, WORDS_MAX - 1).join('')}…` : seen.join('');
}

/** The headers of an answer: the value of one, by its name in small letters. */
export type Header = (name: string) => string | null | undefined;

/** The longest limits are those of a day; what asks for more is mistaken. */
export const LIMIT_MS_MAX = DAY_MS + MINUTE_MS;
const LIMITED_MS = MINUTE_MS;

/** How long (ms) a server that answered 429 wants to be left alone, by its headers. */
export function limitedMs(header: Header, now: number): number {
  const after = Number.parseInt(header('retry-after') ?? '', 10) * SECOND_MS;
  const delayMs = Number.isNaN(after) ? untilReset(header, now) : after;
  const isBelievable = delayMs <= LIMIT_MS_MAX;
  return isBelievable ? Math.max(delayMs, SECOND_MS) : LIMITED_MS;
}

/**
 * How long (ms) until the limit that the headers tell of begins again, by the server's own clock
 * where it tells that, too; negative when that is over, NaN when they do not say.
 */
export function untilReset(header: Header, now: number): number {
  const reset = Number.parseInt(header('ratelimit-reset') ?? '', 10) * SECOND_MS;
  const date = Date.parse(header('date') ?? '');
  return reset - (Number.isNaN(date) ? now : date);
}
