/** Changes a city from outside of its loops, as tools do: by the same services, in one transaction. */
import type { City } from '../domain/city.ts';
import { createCityClock } from '../lib/city-clock.ts';
import type { Keys } from '../lib/crypto.ts';
import { PLACEHOLDER_DID } from '../lib/placeholder-did.ts';
import { systemRandom } from '../lib/random.ts';
import { type Context, contextOf } from '../services/context.ts';
import { CITY_DID } from '../store/cursors.ts';
import type { Store } from '../store/store.ts';
import { createFoundation } from './base.ts';

/** Answers what does something in one transaction of `store`. */
export function changeOf(
  store: Store,
  { city, keys }: { readonly city: City; readonly keys: Keys },
): <T>(work: (context: Context) => T) => T {
  const clock = createCityClock({
    newestMs: store.read.times.newest(),
    stepped: () => undefined,
  });
  const did = store.read.cursors.get(CITY_DID) ?? PLACEHOLDER_DID;
  const foundation = createFoundation({ city, did, keys, clock, random: systemRandom }, store);
  return (work) => store.transact((tx) => work(contextOf(foundation, tx)));
}
