/** One program a database: two would send everything twice. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ConfigError } from '../config/config.ts';

const isTaken = (error: unknown): boolean =>
  error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');

/**
 * Takes a database for this program until it ends, however that happens: the lock is one of the
 * operating system's, which lets go of it with the process. Throws a `ConfigError` when another
 * has it.
 */
export function lockDatabase(path: string): () => void {
  mkdirSync(dirname(path), { recursive: true });
  const lock = new Sqlite(`${path}.lock`);
  try {
    lock.pragma('busy_timeout = 0');
    lock.exec('begin exclusive');
  } catch (cause) {
    lock.close();
    if (!isTaken(cause)) throw cause;
    throw new ConfigError(
      `${path} is in use: another program of this city is running. Stop it first.`,
      { cause },
    );
  }
  return () => lock.close();
}
