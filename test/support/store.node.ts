// The store of a test on Node: better-sqlite3 in memory, with the real migrations.
// Tests import `#test-store`; package.json maps it to this file or to store.workerd.ts.
import type { Database } from '../../src/store/database.ts';
import type { InTransaction } from '../../src/store/store.ts';
import { openMemory } from './migrated.ts';

/**
 * Calls `run` with an empty, migrated database of its own and answers with what `run` answers.
 * Nothing of the database is left afterwards.
 */
export async function withDatabase<T>(
  run: (db: Database, inTransaction: InTransaction) => T | Promise<T>,
): Promise<T> {
  const { db, inTransaction, close } = openMemory();
  try {
    return await run(db, inTransaction);
  } finally {
    close();
  }
}
