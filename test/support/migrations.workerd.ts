// As migrations.node.ts, inside workerd: a Durable Object is emptied and begun again from before.
import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { drizzle } from 'drizzle-orm/durable-sqlite';
import { migrate } from 'drizzle-orm/durable-sqlite/migrator';
import migrations from '../../migrations/migrations.js';
import type { Database } from '../../src/store/database.ts';
import * as schema from '../../src/store/schema/index.ts';

export function withMigrations(
  count: number,
  run: (db: Database, migrateOn: (upTo?: number) => Promise<void>) => Promise<void>,
): Promise<void> {
  const stub = env.CITY.get(env.CITY.newUniqueId());
  return runInDurableObject(stub, async (_city, state) => {
    await state.storage.deleteAll();
    const db = drizzle(state.storage, { schema });
    const { journal } = migrations;
    const migrateTo = (upTo?: number) =>
      migrate(db, {
        ...migrations,
        journal: { ...journal, entries: journal.entries.slice(0, upTo) },
      });
    await migrateTo(count);
    await run(db, migrateTo);
  });
}
