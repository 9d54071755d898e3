/**
 * Knows whether the database can be written and is whole, and how much room is left. Each change is
 * logged once, however often the city runs into it.
 */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { SECOND_MS } from '../lib/clock.ts';
import { createDue } from '../lib/repeat.ts';
import { storageFault } from '../lib/storage-fault.ts';
import type { Store } from '../store/store.ts';
import type { StorageStatus } from '../web/health-checks.ts';
import { isDamage, startIntegrityCheck } from './integrity.ts';

/** Each try costs a write to disk: at most one in so long. */
const TRY_EVERY_MS = 10 * SECOND_MS;
/** Holds when somebody last tried whether the database can be written (ms). */
const WRITTEN_AT = 'database-written-at';

export type StorageWatch = ReturnType<typeof createStorageWatch>;

type Parts = {
  readonly store: Store;
  readonly databasePath: string;
  /** Undefined where they are beside the database. */
  readonly backupFolder: string | undefined;
  readonly now: () => number;
  readonly log: Pick<Logger, 'error' | 'info'>;
};

export function createStorageWatch(parts: Parts) {
  const faults = createFaults(parts.log);
  return {
    /** Takes in an error; false where it is no fault of storage. */
    notice: faults.notice,
    tryToWrite: createTry(parts, faults),
    ...createCheck(parts, faults),
    /** What is free is read anew each time. */
    status: (): StorageStatus => ({ ...faults.now(), free: readFree(parts) }),
  };
}

type Faults = ReturnType<typeof createFaults>;

function createFaults(log: Parts['log']) {
  let writeFault: string | undefined;
  let damage: string | undefined;
  const noticeDamage = (found: string, error?: unknown): void => {
    if (damage === undefined) log.error({ err: error, found }, 'The database is damaged.');
    damage = found;
  };
  return {
    now: () => ({ writeFault, damage }),
    noticeDamage,
    notice: (error: unknown): boolean => {
      const code = storageFault(error);
      if (code === undefined) return false;
      if (isDamage(error)) noticeDamage(code, error);
      else {
        if (writeFault !== code) {
          log.error({ err: error, found: code }, 'The database or its disk refuses to work.');
        }
        writeFault = code;
      }
      return true;
    },
    written: (): void => {
      if (writeFault !== undefined) log.info('The database can be written again.');
      writeFault = undefined;
    },
    whole: (): void => {
      if (damage !== undefined) log.info('The database was checked, and is whole.');
      damage = undefined;
    },
  };
}

/** Tries to write, unless somebody did a moment ago. */
function createTry({ store, now }: Parts, faults: Faults): () => Promise<void> {
  const tries = createDue(TRY_EVERY_MS, now);
  return async () => {
    if (!tries.isDue()) return;
    const at = now();
    tries.done(at);
    try {
      await store.commit((tx) => tx.cursors.put(WRITTEN_AT, String(at)));
      faults.written();
    } catch (error) {
      if (!faults.notice(error)) throw error;
    }
  };
}

function createCheck({ databasePath, log }: Parts, { noticeDamage, whole }: Faults) {
  let running: ReturnType<typeof startIntegrityCheck> | undefined;
  return {
    /** Begins to look through the whole database, unless that is under way. */
    beginCheck: (): void => {
      if (running !== undefined) return;
      running = startIntegrityCheck(databasePath);
      running.answer
        .then(
          (found) => (found === undefined ? whole() : noticeDamage(found)),
          (error: unknown) => log.error({ err: error }, 'The database could not be checked.'),
        )
        .finally(() => {
          running = undefined;
        });
    },
    endCheck: async (): Promise<void> => {
      await running?.end();
    },
  };
}

function readFree({ databasePath, backupFolder }: Parts): StorageStatus['free'] {
  const besides = dirname(databasePath);
  return {
    database: freeBytes(besides),
    // The folder is made with the first backup.
    backups:
      backupFolder === undefined
        ? undefined
        : (freeBytes(backupFolder) ?? freeBytes(dirname(backupFolder))),
  };
}

/** How many bytes are free where a folder is; undefined where nobody can tell. */
function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
