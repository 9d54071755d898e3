/** Fetches from addresses that strangers name: only public places, never too much or too long. */
import type { LookupFunction } from 'node:net';
import { failureOf, PublicFetchError, type PublicFetchOptions } from './public-fetch-port.ts';
import { createPlaces } from './public-places.ts';

/**
 * A `fetch` for addresses from strangers. Every address is checked, that of each redirect as well
 * and the one to which a name resolves when the connection is made. Headers with credentials do not
 * follow a redirect to another origin. Its errors quote no address; reading the body fails when it
 * is too large or takes too long.
 */
export function createPublicFetch(
  options: PublicFetchOptions & { readonly lookup?: LookupFunction },
): typeof fetch {
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
