/**
 * Fetches from addresses that strangers name, from Cloudflare's network: with the flag
 * `global_fetch_strictly_public` no name leads to a private place, so the address itself decides.
 */
import { fetchWithin } from '../lib/fetch-within.ts';
import type { Outgoing } from '../lib/outgoing.ts';
import {
  type CreatePublicFetch,
  failureOf,
  PublicFetchError,
  type PublicFetchOptions,
} from '../media/public-fetch-port.ts';
import { createUrlGuard } from '../media/public-urls.ts';

const REDIRECTS_MAX = 5;
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];
/** These do not follow to another origin. */
const CREDENTIALS = ['authorization', 'cookie'] as const;
const TIMER_MS_MAX = 2 ** 31 - 1;

/**
 * See `CreatePublicFetch`. The whole answer is read, so it is for small ones. A request and those that
 * it is redirected to have one place of `outgoing`.
 */
export const publicFetchThrough =
  (outgoing: Outgoing): CreatePublicFetch =>
  ({ bytesMax, timeoutMs, trusted = [] }) => {
    const limits = { bytesMax, timeoutMs: Math.min(timeoutMs, TIMER_MS_MAX) };
    const ask = fetchWithin({ ...limits, outgoing }, followWithin(trusted));
    return (input, init) =>
      ask(input, init).catch((error: unknown) => {
        // No error goes on as the cause of another: it may quote the address.
        throw init?.signal?.aborted ? init.signal.reason : new PublicFetchError(failureOf(error));
      });
  };

/** A `fetch` that looks at each address before it asks there. */
function followWithin(trusted: NonNullable<PublicFetchOptions['trusted']>): typeof fetch {
  const { isAllowed } = createUrlGuard(trusted);
  return async (input, init) => {
    let request = new Request(input, { ...init, redirect: 'manual' });
    for (let hops = 0; hops <= REDIRECTS_MAX; hops += 1) {
      if (!isAllowed(new URL(request.url))) throw new PublicFetchError('forbidden');
      const answer = await fetch(request.clone());
      const place = answer.headers.get('location');
      if (!REDIRECTS.includes(answer.status) || place === null) return answer;
      await answer.body?.cancel();
      request = redirected(request, place);
    }
    throw new PublicFetchError('unreachable');
  };
}

function redirected(before: Request, place: string): Request {
  const url = new URL(place, before.url);
  const headers = new Headers(before.headers);
  if (url.origin !== new URL(before.url).origin) {
    for (const name of CREDENTIALS) headers.delete(name);
  }
  return new Request(url, { headers, signal: before.signal, redirect: 'manual' });
}
