/** How many files may be read at once, and how often by one reader. */
import { createRate } from '../rate.ts';
import { readerOf } from '../reader.ts';

/** All ten files six times over; many readers may come from one address. */
const FILES_A_MINUTE_MAX = 60;
/** Each holds a page in memory and a connection, however slowly it is read. */
const AT_ONCE_MAX = 100;
/** Of those, one reader's: who opens files and does not read them shuts nobody else out. */
const OF_ONE_READER_MAX = 5;
const RETRY_SECONDS = 30;

type Admission =
  /** `leave` is to be called once, at the end. */
  | { readonly ok: true; readonly leave: () => void }
  | { readonly ok: false; readonly status: 429 | 503; readonly retrySeconds: number };

export function createLimits() {
  const take = createRate(FILES_A_MINUTE_MAX);
  const open = new Map<string, number>();
  let atOnce = 0;

  const enter = (reader: string | undefined): (() => void) => {
    const count = (change: 1 | -1): void => {
      atOnce += change;
      if (reader === undefined) return;
      const left = (open.get(reader) ?? 0) + change;
      if (left === 0) open.delete(reader);
      else open.set(reader, left);
    };
    count(1);
    return () => count(-1);
  };

  return {
    /** `address` is who asks, as the connection tells; it is kept for a minute or while it reads, in memory only. */
    admit: (address: string | undefined): Admission => {
      if (atOnce >= AT_ONCE_MAX) return { ok: false, status: 503, retrySeconds: RETRY_SECONDS };
      const reader = address === undefined ? undefined : readerOf(address);
      if (reader !== undefined && (open.get(reader) ?? 0) >= OF_ONE_READER_MAX) {
        return { ok: false, status: 429, retrySeconds: RETRY_SECONDS };
      }
      const retrySeconds = reader === undefined ? undefined : take(reader);
      return retrySeconds === undefined
        ? { ok: true, leave: enter(reader) }
        : { ok: false, status: 429, retrySeconds };
    },
  };
}
