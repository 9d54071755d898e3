/** Opens a city's database inside a Durable Object. */
import { type DrizzleSqliteDODatabase, drizzle } from 'drizzle-orm/durable-sqlite';
import { migrate } from 'drizzle-orm/durable-sqlite/migrator';
import migrations from '../../migrations/migrations.js';
import type { Database } from './database.ts';
import { refuseNewerDatabase } from './migrate.ts';
import { type PrivatePage, privatePages } from './private-data.ts';
import * as schema from './schema/index.ts';
import { createStore, type Store } from './store.ts';

type Storage = Parameters<typeof drizzle>[0];

export type OpenedDurable = {
  readonly store: Store;
  readonly db: Database;
  /** All private data as it stands now: nothing else happens while it is read. */
  readonly privatePages: () => readonly PrivatePage[];
};

/**
 * As `openStore` on Node; a Durable Object is durable by itself and needs no closing. While `mayWrite`
 * says no, a transaction throws.
 */
export async function openDurableStore(
  storage: Storage,
  { mayWrite = () => true }: { readonly mayWrite?: () => boolean } = {},
): Promise<OpenedDurable> {
  const db: DrizzleSqliteDODatabase<typeof schema> = drizzle(storage, { schema });
  refuseNewerDatabase(db, migrations.journal);
  await migrate(db, migrations);
  const store = createStore(db, (work) => {
    if (!mayWrite()) throw new Error('The city of this database stands still.');
    return storage.transactionSync(work);
  });
  return { store, db, privatePages: () => [...privatePages(db)] };
}
