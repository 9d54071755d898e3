// The store of a test inside workerd: the database of the object that the test runs in, emptied.
import { openDatabase } from '#test-ground';
import type { Database } from '../../src/store/database.ts';
import type { InTransaction } from '../../src/store/store.ts';

/** As in store.node.ts. */
export async function withDatabase<T>(
  run: (db: Database, inTransaction: InTransaction) => T | Promise<T>,
): Promise<T> {
  const { db, inTransaction, close } = openDatabase();
  try {
    return await run(db, inTransaction);
  } finally {
    close();
  }
}
