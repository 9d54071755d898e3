/** Opens a city's database inside a Durable Object. */
import { type DrizzleSqliteDODatabase, drizzle } from 'drizzle-orm/durable-sqlite';
import { migrate } from 'drizzle-orm/durable-sqlite/migrator';
import migrations from '../../migrations/migrations.js';
import { refuseNewerDatabase } from './migrate.ts';
import * as schema from './schema/index.ts';
import { createStore, type Store } from './store.ts';

type Storage = Parameters<typeof drizzle>[0];

/** As `openStore` on Node; a Durable Object is durable by itself and needs no closing. */
export async function openDurableStore(storage: Storage): Promise<Store> {
  const db: DrizzleSqliteDODatabase<typeof schema> = drizzle(storage, { schema });
  refuseNewerDatabase(db, migrations.journal);
  await migrate(db, migrations);
  return createStore(db, (work) => storage.transactionSync(work));
}
