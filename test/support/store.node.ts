// The store of a test on Node: better-sqlite3 in memory, with the real migrations.
// Tests import `#test-store`; package.json maps it to this file or to store.workerd.ts.
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Database } from '../../src/store/database.ts';
import { transactionsOf } from '../../src/store/open-node.ts';
import * as schema from '../../src/store/schema/index.ts';
import type { InTransaction } from '../../src/store/store.ts';

/** A migrated database in memory: an empty one, or a copy of one of an earlier version. */
export function openMemory(earlier?: Uint8Array) {
  const client = new Sqlite(earlier === undefined ? ':memory:' : Buffer.from(earlier));
  client.pragma('foreign_keys = ON');
  const db = drizzle(client, { schema });
  migrate(db, { migrationsFolder: 'migrations' });
  return { db, client, inTransaction: transactionsOf(client), close: () => void client.close() };
}

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
