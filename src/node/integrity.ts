/** Looks whether the file of a database is whole. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { statSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { isDamage } from '../city/storage.ts';

const FINE = 'ok';

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

const PROGRAM = new URL('./integrity-process.ts', import.meta.url);

/** What the check found, undefined for nothing; or why it could not look at all. */
export type IntegrityNews = { readonly found: string | undefined } | { readonly error: string };

/**
 * Checks the database in a process of its own, so that nobody waits; a thread could not be ended while
 * SQLite reads. `answer` rejects where it could not look at all; `end` ends it early, and then it never
 * answers.
 */
export function startIntegrityCheck(path: string) {
  const child = fork(PROGRAM, [path], {
    // It needs none of the city's secrets.
    env: {},
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let isEnded = false;
  const answer = new Promise<string | undefined>((resolve, reject) => {
    child.once('message', (news: IntegrityNews) => {
      if ('error' in news) reject(new Error(news.error));
      else resolve(news.found);
      if (child.connected) child.disconnect();
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (!isEnded) reject(new Error(`The process of the check ended with ${code ?? signal}.`));
    });
  });
  const end = async (): Promise<void> => {
    isEnded = true;
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { answer, end };
}
