/** Fetches pictures that people sent from wherever they are kept. */
import { SECOND_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { INPUT_BYTES_MAX } from './limits.ts';
import { type CreatePublicFetch, type FetchFailure, failureOf } from './public-fetch-port.ts';

export type MediaRefusal = Refusal & {
  /** Both have texts for people. */
  readonly code: 'picture-too-large' | 'picture-unreachable';
  /** The reason for operators; `refused` is any answer but 200. */
  readonly why: FetchFailure | 'refused';
  /** Whether it may succeed later. */
  readonly mayRetry: boolean;
};

const TIMEOUT_MS = 30 * SECOND_MS;
/** These pass: too many requests, a server that is overloaded or being restarted. */
const isPassing = (status: number): boolean => status === 408 || status === 429 || status >= 500;

/**
 * Fetches up to 10 MB within 30 s from any public place over HTTPS, and from the channel's provider
 * wherever an operator has set it to be. The provider's `authorization` goes to its own origin and
 * nowhere else, no matter where that redirects to. Never throws; no refusal quotes the URL, which may
 * hold a key.
 */
export function createMediaFetch(options: {
  readonly provider?: { readonly origin: string; readonly authorization?: string };
  /** Further origins that an operator has set, such as where the provider redirects to. */
  readonly trusted?: readonly string[];
  readonly timeoutMs?: number;
  readonly createPublicFetch: CreatePublicFetch;
}): (url: string) => Promise<Result<Uint8Array, MediaRefusal>> {
  const { provider, trusted = [], timeoutMs = TIMEOUT_MS, createPublicFetch } = options;
  const ask = createPublicFetch({
    bytesMax: INPUT_BYTES_MAX,
    timeoutMs,
    trusted: provider === undefined ? trusted : [provider.origin, ...trusted],
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
      return ok(new Uint8Array(await response.arrayBuffer()));
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
