// What a test of domain, services or store gets to work on, the same in both runtimes.
import { withDatabase } from '#test-store';
import type { Database } from '../../src/store/database.ts';
import { createStore, type Store } from '../../src/store/store.ts';

/** Calls `run` with an empty store of its own, and the database under it. */
export function withStore<T>(run: (store: Store, db: Database) => T | Promise<T>): Promise<T> {
  return withDatabase((db) => run(createStore(db), db));
}
