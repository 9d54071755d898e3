/** Fetches from addresses that strangers name: only public places, never too much or too long. */
import type { LookupFunction } from 'node:net';
import { createPlaces, NOT_PUBLIC } from './public-places.ts';

/**
 * Why nothing was fetched: `forbidden` is an address, or one that it redirects to, that is not a
 * public place over HTTPS; `unreachable` a server that does not answer, breaks off or redirects
 * for ever.
 */
export type FetchFailure = 'forbidden' | 'too-large' | 'too-slow' | 'unreachable';

/** Its message does not quote the address, which may hold a key. */
class PublicFetchError extends Error {
  readonly why: FetchFailure;
  constructor(why: FetchFailure) {
    super(SENTENCES[why]);
    this.name = 'PublicFetchError';
    this.why = why;
  }
}

const SENTENCES: Readonly<Record<FetchFailure, string>> = {
  forbidden: 'The address does not lead to a public place over HTTPS.',
  'too-large': 'The answer is too large.',
  'too-slow': 'The answer took too long.',
  unreachable: 'The server did not answer as it should.',
};

/** The library's own words, in a stream as well as before it. */
const TOO_LARGE = /^(?:Response|Content-Length) too large$/;

export type PublicFetchOptions = {
  /** The limit of the body, unpacked. */
  readonly bytesMax: number;
  /** From the first request over all redirects to the last byte. */
  readonly timeoutMs: number;
  /** Origins that an operator has set and that may be anywhere; `all` on one's own machine. */
  readonly trusted?: readonly string[] | 'all';
  readonly lookup?: LookupFunction;
};

/**
 * A `fetch` for addresses from strangers. Every address is checked, that of each redirect as well
 * and the one to which a name resolves when the connection is made. Headers with credentials do not
 * follow a redirect to another origin. Its errors quote no address; reading the body fails when it
 * is too large or takes too long.
 */
export function createPublicFetch(options: PublicFetchOptions): typeof fetch {
  const { forbid, lookup } = createPlaces(options.trusted ?? [], options.lookup);
  // It brings an HTTP client for each of three versions of Node: none is loaded before it is needed.
  const load = async () => {
    const library = await import('@atproto-labs/fetch-node');
    const guarded = library.safeDispatchFetchWrap({ checkUrl: forbid, lookup });
    return {
      ask: library.timedFetch(options.timeoutMs, guarded),
      limit: library.fetchMaxSizeProcessor(options.bytesMax),
    };
  };
  let loaded: ReturnType<typeof load> | undefined;
  const fetchPublic: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    if (forbid(new URL(request.url)) !== undefined) throw new PublicFetchError('forbidden');
    loaded ??= load();
    const { ask, limit } = await loaded;
    return await limit(await ask(request));
  };
  return (input, init) =>
    fetchPublic(input, init).catch((error: unknown) => {
      // No error goes on as the cause of another: it may quote the address.
      throw init?.signal?.aborted ? init.signal.reason : new PublicFetchError(failureOf(error));
    });
}

/** Tells what an error of a public fetch, or of reading its body, means. */
export function failureOf(error: unknown): FetchFailure {
  if (error instanceof PublicFetchError) return error.why;
  if (!(error instanceof Error)) return 'unreachable';
  if (error.name === 'AbortError') return 'too-slow';
  if (TOO_LARGE.test(error.message)) return 'too-large';
  const { cause } = error;
  return cause instanceof Error && cause.message.includes(NOT_PUBLIC) ? 'forbidden' : 'unreachable';
}
