/** What comes back when the PDS is asked for something: each kind is handled in its own way. */
export type Answer<T> =
  | { readonly kind: 'ok'; readonly value: T }
  /** It said no, and did nothing. Asking again brings the same answer. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** Too much at once: it did nothing, and wants to be left alone until a time (ms). */
  | { readonly kind: 'limited'; readonly until: number }
  /** Whether it did anything is not known: no answer, or the answer of a server in trouble. */
  | { readonly kind: 'uncertain'; readonly message: string };

export const answered = <T>(value: T): Answer<T> => ({ kind: 'ok', value });

export const refused = (code: string, message: string): Answer<never> => ({
  kind: 'refused',
  code,
  message,
});

export const uncertain = (cause: unknown): Answer<never> => ({
  kind: 'uncertain',
  message: cause instanceof Error ? describe(cause) : String(cause),
});

const describe = (error: Error): string =>
  error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;

const LIMITED_MS = 60_000;
const SECOND_MS = 1000;

/** Until when a server that answered 429 wants to be left alone, by its headers. */
export function limitedUntil(header: (name: string) => string | null | undefined, now: number) {
  const reset = Number.parseInt(header('ratelimit-reset') ?? '', 10);
  const after = Number.parseInt(header('retry-after') ?? '', 10);
  if (Number.isSafeInteger(reset)) return Math.max(reset * SECOND_MS, now + SECOND_MS);
  if (Number.isSafeInteger(after)) return now + Math.max(after, 1) * SECOND_MS;
  return now + LIMITED_MS;
}
