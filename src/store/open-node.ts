/** Opens a city's database on Node: one file, durable to the last commit. */
import { closeSync, openSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { refuseNewerDatabase } from './migrate.ts';
import * as schema from './schema/index.ts';
import { createStore, type InTransaction, type Store } from './store.ts';

const CACHE_KIB = 32 * 1024;
const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

export type OpenStore = { readonly store: Store; readonly close: () => void };

/**
 * Opens or creates the database at `path` (`:memory:` for one that is gone with the process) and
 * brings it up to date, all or nothing. Throws a sentence for people when it is newer than this
 * program.
 */
export function openStore(path: string): OpenStore {
  if (path !== ':memory:') makePrivate(path);
  const client = new Sqlite(path);
  client.pragma('journal_mode = WAL');
  // What was emptied or deleted (messages, codes, invitations) is gone from the file too.
  client.pragma('secure_delete = ON');
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  client.pragma('busy_timeout = 5000');
  // Checkpoints cost several writes to disk, so they come at 40 MB of log and not at 4.
  client.pragma('wal_autocheckpoint = 10000');
  client.pragma(`cache_size = -${CACHE_KIB}`);
  const db = drizzle(client, { schema });
  const journal = JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8'));
  try {
    refuseNewerDatabase(db, journal);
    migrate(db, { migrationsFolder: MIGRATIONS });
  } catch (error) {
    client.close();
    throw error;
  }
  return { store: createStore(db, transactionsOf(client)), close: () => client.close() };
}

/** A new database is for its owner alone; SQLite gives its log the same permissions. */
const makePrivate = (path: string): void => closeSync(openSync(path, 'a', 0o600));

/** better-sqlite3's transactions, which nest as savepoints. */
export function transactionsOf(client: Sqlite.Database): InTransaction {
  const run = client.transaction((work: () => unknown) => work()).immediate;
  return <T>(work: () => T) => run(work) as T;
}
