/** Opens a city's database on Node: one file, durable to the last commit. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import type { Timers } from '../lib/timers.ts';
import type { Database } from './database.ts';
import { memoryOf } from './memory.ts';
import { newestOf, refuseNewerDatabase, refuseOlderDatabase } from './migrate.ts';
import * as schema from './schema/index.ts';
import { createStore, type InTransaction, type Store } from './store.ts';

const CACHE_KIB = 32 * 1024;

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * SQLite plans a statement anew for each value of a bare `limit ?`, which costs several times what
 * most statements do. Drizzle writes it so, and the plus changes nothing else (see `given`).
 */
class Client extends Sqlite {
  // biome-ignore lint/complexity/noBannedTypes: The driver's own types say it so.
  override prepare<Bind extends unknown[] | {} = unknown[], Row = unknown>(text: string) {
    return super.prepare<Bind, Row>(text.replaceAll(/\blimit \?/g, 'limit +?'));
  }
}

export type OpenStore = {
  readonly store: Store;
  /**
   * Writes the log into the database and empties it: only then is what was overwritten gone from
   * the disk. It does not wait; while somebody reads, the next call does it.
   */
  readonly emptyLog: () => void;
  /** Whether another program changed the database since this was last asked. */
  readonly wasChangedOutside: () => boolean;
  readonly close: () => void;
};

/** The whole city waits so long for another program that holds the database, and then tries again. */
const BUSY_MS = 1000;

/**
 * Opens or creates the database at `path` (`:memory:` for one that is gone with the process) and
 * brings it up to date, all or nothing. Throws a sentence for people when it is newer than this
 * program.
 */
export function openStore(path: string, timers?: Pick<Timers, 'soon'>): OpenStore {
  if (path !== ':memory:') makePrivate(path);
  const client = new Client(path);
  client.pragma('journal_mode = WAL');
  // What was emptied or deleted (messages, codes, invitations) is gone from the file too.
  client.pragma('secure_delete = ON');
  client.pragma('synchronous = FULL');
  client.pragma('foreign_keys = ON');
  // SQLite notes what a statement changes, to undo it alone: in memory, not in a file of its own.
  client.pragma('temp_store = MEMORY');
  client.pragma(`busy_timeout = ${BUSY_MS}`);
  // Checkpoints cost several writes to disk, so they come at 40 MB of log and not at 4.
  client.pragma('wal_autocheckpoint = 10000');
  client.pragma(`cache_size = -${CACHE_KIB}`);
  const db = drizzle(client, { schema });
  try {
    refuseNewerDatabase(db, readJournal());
    migrate(db, { migrationsFolder: MIGRATIONS });
  } catch (error) {
    client.close();
    throw error;
  }
  return {
    store: createStore(db, transactionsOf(client), timers),
    emptyLog: () => {
      client.pragma('busy_timeout = 0');
      client.pragma('wal_checkpoint(TRUNCATE)');
      client.pragma(`busy_timeout = ${BUSY_MS}`);
    },
    wasChangedOutside: changesOutside(client),
    close: () => client.close(),
  };
}

/** SQLite counts the commits of other connections only. */
function changesOutside(client: Sqlite.Database): () => boolean {
  const version = client.prepare('pragma data_version').pluck();
  const look = () => version.get();
  let seen = look();
  return () => {
    const now = look();
    const hasChanged = now !== seen;
    seen = now;
    return hasChanged;
  };
}

/** When the newest migration was written that a new database gets (ms). */
export const shapeOfNew = (): number => newestOf(readJournal());

const readJournal = () => JSON.parse(readFileSync(`${MIGRATIONS}/meta/_journal.json`, 'utf8'));

/**
 * The database at `path` as it stands now, to be read only: what others write meanwhile is not in
 * it. Throws a sentence for people when there is none, or one of another version.
 */
export function openSnapshot(path: string): { readonly db: Database; readonly close: () => void } {
  if (!existsSync(path)) throw new Error(`There is no database at ${path}.`);
  const client = new Sqlite(path, { readonly: true });
  try {
    client.pragma(`busy_timeout = ${BUSY_MS}`);
    const db = drizzle(client, { schema });
    client.exec('begin');
    refuseNewerDatabase(db, readJournal());
    refuseOlderDatabase(db, readJournal());
    return { db, close: () => client.close() };
  } catch (error) {
    client.close();
    throw error;
  }
}

/**
 * The first file of a database at `path`, if there is any: the database itself, or a log beside it,
 * which a new database there would take for its own.
 */
export const leftOf = (path: string): string | undefined =>
  [path, `${path}-wal`, `${path}-journal`].find((file) => existsSync(file));

/**
 * Builds a new database: beside `path`, and put there once it is whole and on disk, so that a
 * crash leaves nothing half. What `build` throws undoes all of it. Throws a sentence for people
 * when something is at `path` already.
 */
export async function buildDatabase<T>(
  path: string,
  build: (db: Database) => Promise<T>,
): Promise<T> {
  const refuse = () => {
    throw new Error(`There is something at ${path} already. Nothing was changed.`);
  };
  if (leftOf(path) !== undefined) refuse();
  const draft = `${path}.rebuilding`;
  // An earlier attempt may have left a half one, which is of no use.
  removeDatabase(draft);
  makePrivate(draft);
  try {
    const built = await fillDraft(draft, build);
    syncFile(draft);
    try {
      // Unlike a rename, a link never replaces a file that came there meanwhile.
      linkSync(draft, path);
    } catch {
      if (existsSync(path)) refuse();
      // Not every file system has links.
      renameSync(draft, path);
    }
    return built;
  } finally {
    removeDatabase(draft);
    syncFile(dirname(path));
  }
}

/** Fills it fast, without regard for crashes, which would leave a draft that nobody looks at. */
async function fillDraft<T>(path: string, build: (db: Database) => Promise<T>): Promise<T> {
  const client = new Sqlite(path);
  try {
    client.pragma('journal_mode = MEMORY');
    client.pragma('synchronous = OFF');
    client.pragma('foreign_keys = ON');
    client.pragma(`cache_size = -${CACHE_KIB}`);
    const db = drizzle(client, { schema });
    migrate(db, { migrationsFolder: MIGRATIONS });
    client.exec('begin immediate');
    const built = await build(db);
    client.exec('commit');
    return built;
  } finally {
    client.close();
  }
}

const removeDatabase = (path: string): void => {
  for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${path}${end}`, { force: true });
};

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  fsyncSync(file);
  closeSync(file);
}

/** A new database is for its owner alone; SQLite gives its log the same permissions. */
const makePrivate = (path: string): void => closeSync(openSync(path, 'a', 0o600));

/**
 * better-sqlite3's transactions, which nest as savepoints. One begins with what another program
 * wrote meanwhile.
 */
export function transactionsOf(client: Sqlite.Database): InTransaction {
  const wasChangedOutside = changesOutside(client);
  const begin = client.transaction((work: () => unknown) => {
    if (wasChangedOutside()) memoryOf(client).forgetAll();
    return work();
  }).immediate;
  const nest = client.transaction((work: () => unknown) => work());
  return <T>(work: () => T) => (client.inTransaction ? nest(work) : begin(work)) as T;
}
