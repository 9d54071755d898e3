/** The database of a real city, for one program at a time: two would send everything twice. */
import { existsSync, lstatSync, mkdirSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ConfigError } from '../config/config.ts';
import { type OpenStore, openStore } from '../store/open-node.ts';
import { quickCheck } from './integrity.ts';

/** Links that lead nowhere are followed so far, as the system itself does. */
const LINKS_MAX = 40;

/**
 * The one path of a file, through whatever links: two names of a database are one database. The file
 * itself need not be there yet.
 */
function realPath(path: string, links = 0): string {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats?.isSymbolicLink() === true && links < LINKS_MAX) {
    return realPath(resolve(dirname(path), readlinkSync(path)), links + 1);
  }
  if (stats !== undefined && stats.nlink > 1 && stats.isFile()) {
    throw new ConfigError(
      `${path} has another name on the disk (a hard link), by which a second program could open it: remove that, or copy the file.`,
    );
  }
  return join(realpathSync(dirname(path)), basename(path));
}

/**
 * Takes a database for this program until it ends, however that happens: the lock is one of the
 * operating system's, which lets go of it with the process. Throws a `ConfigError` when another
 * has it.
 */
export function lockDatabase(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const lock = new Sqlite(`${realPath(path)}.lock`);
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    const isTaken = cause instanceof Sqlite.SqliteError && cause.code.startsWith('SQLITE_BUSY');
    if (!isTaken) throw cause;
    throw new ConfigError(
      `${path} is in use: another program of this city is running. Stop it first.`,
      { cause },
    );
  }
  return () => lock.close();
}

/** Takes what is to be done at the end, the last first. */
type Ends = { readonly defer: (end: () => void) => unknown };

/**
 * Takes the database and opens it; `ends` gives both back. Throws a `ConfigError`, a sentence with
 * its path, for what is said against either.
 */
export function openDatabase(path: string, ends: Ends): OpenStore {
  try {
    ends.defer(lockDatabase(path));
    refuseMoved(path);
    refuseDamaged(path);
    const opened = openStore(path);
    ends.defer(opened.close);
    return opened;
  } catch (cause) {
    if (cause instanceof ConfigError) throw cause;
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(`DATABASE_PATH is ${path}, which cannot be opened: ${why}`, { cause });
  }
}

/** What follows the name of a database whose city has moved away. */
export const MOVED = '.moved';

/** Whoever starts it once more would begin a second city with the same people. */
function refuseMoved(path: string): void {
  if (existsSync(path) || !existsSync(`${path}${MOVED}`)) return;
  throw new ConfigError(
    `The city of ${path} has moved away: ${path}${MOVED} is how it was then. To begin another one here, move that file away.`,
  );
}

/** Before anything is written to it, which could make the damage worse. */
function refuseDamaged(path: string): void {
  const found = quickCheck(path);
  if (found === undefined) return;
  throw new ConfigError(
    `${path} is damaged (${found.replaceAll('\n', ' ')}): keep a copy of it, and bring the database back as docs/operations.md says under "A damaged database".`,
  );
}
