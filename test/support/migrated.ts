// Databases that are migrated already: the migrations take longer than most of what a test does with a
// database, so they run once, and every other one begins as a copy of what they made.
import { existsSync, writeFileSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { type OpenStore, openStore, transactionsOf } from '../../src/store/open-node.ts';
import * as schema from '../../src/store/schema/index.ts';
import { createStore } from '../../src/store/store.ts';

let migrated: Buffer | undefined;

/** An empty database with all migrations, as the bytes of its file. */
function migratedBytes(): Buffer {
  if (migrated === undefined) {
    const client = new Sqlite(':memory:');
    client.pragma('foreign_keys = ON');
    migrate(drizzle(client), { migrationsFolder: 'migrations' });
    migrated = client.serialize();
    client.close();
  }
  return migrated;
}

type MemoryOptions = {
  /** A database of an earlier version, to be migrated. */
  readonly earlier?: Uint8Array | undefined;
  /** A database of this version. */
  readonly copied?: Uint8Array | undefined;
};

/** A migrated database in memory: an empty one, or a copy of one that there is. */
export function openMemory(options: MemoryOptions & Sqlite.Options = {}) {
  const { earlier, copied, ...settings } = options;
  const bytes = earlier ?? copied;
  const client = new Sqlite(bytes === undefined ? migratedBytes() : Buffer.from(bytes), settings);
  client.pragma('foreign_keys = ON');
  const db = drizzle(client, { schema });
  if (earlier !== undefined) migrate(db, { migrationsFolder: 'migrations' });
  return { db, client, inTransaction: transactionsOf(client), close: () => void client.close() };
}

/** A store over an empty database in memory. */
export function openMemoryStore(settings: Sqlite.Options = {}) {
  const { db, inTransaction, close } = openMemory(settings);
  return { store: createStore(db, inTransaction), close };
}

/** Opens the database at `path` as a city does; where there is none, it begins with a migrated one. */
export function openMigrated(path: string): OpenStore {
  if (!existsSync(path)) writeFileSync(path, migratedBytes(), { mode: 0o600 });
  return openStore(path);
}
