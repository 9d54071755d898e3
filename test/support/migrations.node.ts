// A store as an earlier version left it, on Node. Tests import `#test-migrations`; package.json
// maps it to this file or to migrations.workerd.ts.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Database } from '../../src/store/database.ts';
import * as schema from '../../src/store/schema/index.ts';

/**
 * Calls `run` with a database after its first `count` migrations, and with how to do the others: all of
 * them, or up to so many.
 */
export async function withMigrations(
  count: number,
  run: (db: Database, migrateOn: (upTo?: number) => Promise<void>) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-migrations-'));
  const client = new Sqlite(':memory:');
  try {
    client.pragma('foreign_keys = ON');
    cpSync('migrations', folder, { recursive: true });
    const path = join(folder, 'meta/_journal.json');
    const journal = JSON.parse(readFileSync(path, 'utf8'));
    const db = drizzle(client, { schema });
    const migrateTo = (upTo?: number): void => {
      const entries = journal.entries.slice(0, upTo);
      writeFileSync(path, JSON.stringify({ ...journal, entries }));
      migrate(db, { migrationsFolder: folder });
    };
    migrateTo(count);
    await run(db, async (upTo) => migrateTo(upTo));
  } finally {
    client.close();
    rmSync(folder, { recursive: true });
  }
}
