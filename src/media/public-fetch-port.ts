/** Fetching from addresses that strangers name: the port, and what its errors mean. */
import { AnswerLimitError } from '../lib/fetch-within.ts';

/**
 * Why nothing was fetched: `forbidden` is an address, or one that it redirects to, that is not a
 * public place over HTTPS; `unreachable` a server that does not answer, breaks off or redirects
 * for ever.
 */
export type FetchFailure = 'forbidden' | 'too-large' | 'too-slow' | 'unreachable';

export type PublicFetchOptions = {
  /** The limit of the body, unpacked. */
  readonly bytesMax: number;
  /** From the first request over all redirects to the last byte. */
  readonly timeoutMs: number;
  /** Origins that an operator has set and that may be anywhere; `all` on one's own machine. */
  readonly trusted?: readonly string[] | 'all';
};

/**
 * Makes a `fetch` for addresses from strangers. Every address is checked, that of each redirect as
 * well. Headers with credentials do not follow a redirect to another origin. Its errors are
 * `PublicFetchError`s, which quote no address; reading the body fails when it is too large or takes
 * too long.
 */
export type CreatePublicFetch = (options: PublicFetchOptions) => typeof fetch;

/** Its message does not quote the address, which may hold a key. */
export class PublicFetchError extends Error {
  override readonly name = 'PublicFetchError';
  readonly why: FetchFailure;
  constructor(why: FetchFailure) {
    super(SENTENCES[why]);
    this.why = why;
  }
}

const SENTENCES: Readonly<Record<FetchFailure, string>> = {
  forbidden: 'The address does not lead to a public place over HTTPS.',
  'too-large': 'The answer is too large.',
  'too-slow': 'The answer took too long.',
  unreachable: 'The server did not answer as it should.',
};

/** The message of every refusal of a place. */
export const NOT_PUBLIC = 'This is not a public place.';
/** A library's own words, in a stream as well as before it. */
const TOO_LARGE = /^(?:Response|Content-Length) too large$/;

/** Tells what an error of a public fetch, or of reading its body, means. */
export function failureOf(error: unknown): FetchFailure {
  if (error instanceof PublicFetchError || error instanceof AnswerLimitError) return error.why;
  if (!(error instanceof Error)) return 'unreachable';
  if (error.name === 'AbortError') return 'too-slow';
  if (TOO_LARGE.test(error.message)) return 'too-large';
  const { cause } = error;
  return cause instanceof Error && cause.message.includes(NOT_PUBLIC) ? 'forbidden' : 'unreachable';
}
