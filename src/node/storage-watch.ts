/** Watches the storage of a city on this machine: its database, the disk that it is on, and its backups'. */
import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  createStorageFaults,
  createWriteTry,
  type StorageFaults,
  type StorageWatch,
} from '../city/storage.ts';
import type { Log } from '../lib/log.ts';
import type { Store } from '../store/store.ts';
import type { StorageStatus } from '../web/health-checks.ts';
import { startIntegrityCheck } from './integrity.ts';

type Parts = {
  readonly store: Store;
  readonly databasePath: string;
  /** Undefined where they are beside the database. */
  readonly backupFolder: string | undefined;
  readonly now: () => number;
  readonly log: Pick<Log, 'error' | 'info'>;
};

export function createStorageWatch(parts: Parts): StorageWatch {
  const faults = createStorageFaults(parts.log);
  return {
    notice: faults.notice,
    tryToWrite: createWriteTry(parts, faults),
    ...createCheck(parts, faults),
    /** What is free is read anew each time. */
    status: (): StorageStatus => ({ ...faults.now(), free: readFree(parts) }),
  };
}

function createCheck({ databasePath, log }: Parts, { noticeDamage, whole }: StorageFaults) {
  let running: ReturnType<typeof startIntegrityCheck> | undefined;
  return {
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
