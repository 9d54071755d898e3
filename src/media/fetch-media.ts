/** Fetches pictures that people sent from where their channel keeps them. */
import type { LookupFunction } from 'node:net';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { INPUT_BYTES_MAX } from './picture.ts';
import { createPublicFetch, type FetchFailure, failureOf } from './public-fetch.ts';

export type FetchedMedia = {
  readonly bytes: Uint8Array;
  /** What the server says it is: a hint and no more, `sniff` looks at the bytes. */
  readonly declaredType: string | null;
};

export type MediaRefusal = Refusal & {
  /** Both have texts for people. */
  readonly code: 'picture-too-large' | 'picture-unreachable';
  /** For operators; `refused` is an answer other than 200. */
  readonly why: FetchFailure | 'refused';
  /** Whether it may succeed later. */
  readonly mayRetry: boolean;
};

const TIMEOUT_MS = 30_000;
/** Answers that pass: too many requests, a server that is overloaded or being restarted. */
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * Fetches up to 10 MB within 30 s from any public place over HTTPS, and from the channel's provider
 * wherever an operator has set it to be. The provider's `authorization` goes to its own origin
 * and nowhere else, no matter where that redirects to. Never throws; nothing that it returns
 * quotes the URL, which may hold a key.
 */
export function createMediaFetch(options: {
  readonly provider?: { readonly origin: string; readonly authorization?: string };
  /** Further origins that an operator has set, such as where the provider redirects to. */
  readonly trusted?: readonly string[];
  readonly timeoutMs?: number;
  readonly lookup?: LookupFunction;
}): (url: string) => Promise<Result<FetchedMedia, MediaRefusal>> {
  const { provider, trusted = [], timeoutMs = TIMEOUT_MS, lookup } = options;
  const ask = createPublicFetch({
    bytesMax: INPUT_BYTES_MAX,
    timeoutMs,
    trusted: provider === undefined ? trusted : [provider.origin, ...trusted],
    ...(lookup === undefined ? {} : { lookup }),
  });
  const headersFor = (url: string): Readonly<Record<string, string>> => {
    const isTheirs =
      provider !== undefined &&
      URL.canParse(url) &&
      new URL(url).origin === new URL(provider.origin).origin;
    return isTheirs && provider.authorization !== undefined
      ? { authorization: provider.authorization }
      : {};
  };
  return async (url) => {
    try {
      const response = await ask(url, { headers: headersFor(url) });
      if (response.status !== 200) {
        await response.body?.cancel();
        return refused('refused', isPassing(response.status));
      }
      const bytes = new Uint8Array(await response.arrayBuffer());
      return ok({ bytes, declaredType: response.headers.get('content-type') });
    } catch (error) {
      const why = failureOf(error);
      return refused(why, why === 'unreachable' || why === 'too-slow');
    }
  };
}

function refused(
  why: MediaRefusal['why'],
  mayRetry: boolean,
): { readonly ok: false; readonly refusal: MediaRefusal } {
  const code = why === 'too-large' ? 'picture-too-large' : 'picture-unreachable';
  return { ok: false, refusal: { ...refuse(code).refusal, why, mayRetry } };
}
