// The store of a test inside workerd: a new Durable Object's own SQLite.
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import type { Database } from '../../src/store/database.ts';
import type { City } from '../../src/worker.ts';

/** As in store.node.ts; `run` is called inside the Durable Object. */
export function withDatabase<T>(run: (db: Database) => T | Promise<T>): Promise<T> {
  const stub = env.CITY.get(env.CITY.newUniqueId());
  return runInDurableObject<City, T>(stub, (city) => run(city.database));
}
