/** Looks whether the file of a database is whole. */
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';
import { storageFault } from '../lib/storage-fault.ts';

const FINE = 'ok';
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** Whether an error says that the database is damaged, and not merely full or taken. */
export const isDamage = (error: unknown): boolean => DAMAGED.test(storageFault(error) ?? '');

/**
 * What is wrong with the database at `path`, in SQLite's words; undefined for one that is whole, and
 * where there is none. It reads every page, and leaves indexes to `integrityCheck`.
 */
export const quickCheck = (path: string): string | undefined =>
  statSync(path, { throwIfNoEntry: false })?.isFile() === true
    ? firstFinding(path, 'quick_check')
    : undefined;

/** The same for everything, each index as well. A large database takes minutes. */
export const integrityCheck = (path: string): string | undefined =>
  firstFinding(path, 'integrity_check');

/** The first thing that one of SQLite's own checks finds. Throws where it cannot look at all. */
function firstFinding(path: string, check: 'quick_check' | 'integrity_check'): string | undefined {
  const client = new Sqlite(path, { fileMustExist: true });
  try {
    const found = client.pragma(`${check}(1)`, { simple: true });
    return found === FINE ? undefined : String(found);
  } catch (error) {
    if (error instanceof Error && isDamage(error)) return error.message;
    throw error;
  } finally {
    client.close();
  }
}

/**
 * Checks the database in a thread of its own, so that nobody waits. `answer` rejects where it could
 * not look at all; `end` ends it early, and then it never answers.
 */
export function startIntegrityCheck(path: string) {
  const worker = new Worker(new URL('./integrity-worker.ts', import.meta.url), {
    workerData: path,
  });
  const answer = new Promise<string | undefined>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  return { answer, end: () => worker.terminate() };
}
