// What a test of domain, services or store gets to work on, the same in both runtimes.
import { withDatabase } from '#test-store';
import type { Database } from '../../src/store/database.ts';
import { createStore, type Store } from '../../src/store/store.ts';

/** Calls `run` with an empty store of its own, and the database under it. */
export function withStore<T>(run: (store: Store, db: Database) => T | Promise<T>): Promise<T> {
  return withDatabase((db, inTransaction) => {
    const store = createStore(db, inTransaction);
    databases.set(store, db);
    return run(store, db);
  });
}

const databases = new WeakMap<Store, Database>();

/** The database under a store of `withStore`, for looking at what is really in it. */
export function databaseOf(store: Store): Database {
  const db = databases.get(store);
  if (db === undefined) throw new Error('This store was not made by withStore.');
  return db;
}
