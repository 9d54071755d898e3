/**
 * Pictures that could be had again, kept in the cache of the data center where the city runs. Nothing
 * is kept under an address of `workers.dev`: there every look is in vain, and each picture is fetched.
 */
import { DAY_MS, SECOND_MS } from '../lib/clock.ts';
import type { PictureCache } from '../media/picture-cache-port.ts';

/** Other answers of the same zone are in other caches. */
const NAME = 'published-pictures';
/** What nobody has looked at for so long may go; the cache may also let it go before. */
const KEPT_MS_MAX = 7 * DAY_MS;

/** Where it fails, a picture is not there. */
export function createWebCache(open = () => caches.open(NAME)): PictureCache {
  const withCache = <T>(work: (cache: WebCache) => Promise<T>): Promise<T | undefined> =>
    open()
      .then(work)
      .catch(() => undefined);
  return {
    get: (key) =>
      withCache(async (cache) => {
        const found = await cache.match(addressOf(key));
        return found && new Uint8Array(await found.arrayBuffer());
      }),
    put: async (key, bytes) => {
      const headers = { 'cache-control': `max-age=${KEPT_MS_MAX / SECOND_MS}` };
      await withCache((cache) => cache.put(addressOf(key), new Response(bytes, { headers })));
    },
    remove: async (key) => {
      await withCache((cache) => cache.delete(addressOf(key)));
    },
  };
}

/** Nobody can have this address, so nobody is ever asked for it. */
const addressOf = (key: string): string => `https://pictures.invalid/${encodeURIComponent(key)}`;
