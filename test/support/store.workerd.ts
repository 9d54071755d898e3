// The store of a test inside workerd: a new Durable Object's own SQLite, migrated as it starts.
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { drizzle } from 'drizzle-orm/durable-sqlite';
import type { Database } from '../../src/store/database.ts';
import * as schema from '../../src/store/schema/index.ts';
import type { InTransaction } from '../../src/store/store.ts';

/** As in store.node.ts; `run` is called inside the Durable Object. */
export function withDatabase<T>(
  run: (db: Database, inTransaction: InTransaction) => T | Promise<T>,
): Promise<T> {
  const stub = env.CITY.get(env.CITY.newUniqueId());
  return runInDurableObject(stub, (_city, state) =>
    run(drizzle(state.storage, { schema }), (work) => state.storage.transactionSync(work)),
  );
}
