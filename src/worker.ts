// Composition root on Cloudflare: each city is one Durable Object with its own SQLite.
import type { env } from 'cloudflare:workers';
import { citiesOf, keyAt } from './cloudflare/cities.ts';
import { createWorkerLog } from './cloudflare/log.ts';
import { refusal } from './cloudflare/refusal.ts';

export { CityObject as City } from './cloudflare/city-object.ts';
export { Pictures } from './cloudflare/pictures-entrypoint.ts';

type Bindings = typeof env;

// Whatever state it leaves, nobody waits for it; it must not be shown with somebody's number in it.
addEventListener('unhandledrejection', (event) => {
  event.preventDefault();
  createWorkerLog('error').error({ err: event.reason }, 'Something failed that nobody waits for.');
});

export default {
  fetch: async (request: Request, bindings: Bindings): Promise<Response> => {
    const { CITY } = bindings;
    try {
      const key = keyAt(new URL(request.url).host, bindings);
      if (key === undefined) return new Response('No city is at this address.', { status: 404 });
      return await CITY.get(CITY.idFromName(key)).fetch(request);
    } catch (error) {
      return refusal(error);
    }
  },
  /** Every five minutes. */
  scheduled: async (_event: unknown, bindings: Bindings): Promise<void> => {
    const { CITY } = bindings;
    await Promise.allSettled(
      citiesOf(bindings).map(({ key }) => CITY.get(CITY.idFromName(key)).wake()),
    );
  },
};
