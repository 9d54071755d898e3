/**
 * Knows whether the database can be written and is whole. Each change is logged once, however often
 * the city runs into it.
 */
import { SECOND_MS } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import { createDue } from '../lib/repeat.ts';
import { storageFault } from '../lib/storage-fault.ts';
import type { Store } from '../store/store.ts';
import type { StorageStatus } from '../web/health-checks.ts';

/** What a city asks of whoever watches its storage. */
export type StorageWatch = {
  /** Takes in an error; false where it is no fault of storage. */
  readonly notice: (error: unknown) => boolean;
  /** Tries to write, unless somebody did a moment ago. */
  readonly tryToWrite: () => Promise<void>;
  /** Begins to look through the whole database, unless that is under way. */
  readonly beginCheck: () => void;
  readonly endCheck: () => Promise<void>;
  readonly status: () => StorageStatus;
};

/** Each try costs a write to disk: at most one in so long. */
const TRY_EVERY_MS = 10 * SECOND_MS;
/** Holds when somebody last tried whether the database can be written (ms). */
const WRITTEN_AT = 'database-written-at';
const DAMAGED = /^SQLITE_(CORRUPT|NOTADB)/;

/** Whether an error says that the database is damaged, and not merely full or taken. */
export const isDamage = (error: unknown): boolean => DAMAGED.test(storageFault(error) ?? '');

export type StorageFaults = ReturnType<typeof createStorageFaults>;

/** Remembers what storage refused, and what was found wrong with it. */
export function createStorageFaults(log: Pick<Log, 'error' | 'info'>) {
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

/** Makes what tries to write, unless somebody did a moment ago. */
export function createWriteTry(
  { store, now }: { readonly store: Store; readonly now: () => number },
  faults: StorageFaults,
): () => Promise<void> {
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
