/** The public records as tables, read from the store a page at a time. */
import type { Reads } from '../../store/store.ts';
import { recordUri } from '../strong-ref.ts';
import { OPEN_DATA_FILES, type OpenDataName, type Row } from './files.ts';
import { createLook } from './look.ts';

/** A page is read and written in one go, so it is what others may have to wait for. */
const ROWS_AT_ONCE = 200;

/** A state of the repository: everything published up to `seq`. */
export type Snapshot = {
  readonly seq: number;
  /** The CID of the last record in it. */
  readonly cid: string;
  /** When that was published, in ms. */
  readonly publishedAt: number;
};

export type OpenData = ReturnType<typeof createOpenData>;

/** Of the repository of `did`. Only records are read, so there is nothing private in it. */
export function createOpenData(records: Reads['records'], did: string) {
  return {
    /** The repository as it stands now; undefined while nothing is published. */
    now: (): Snapshot | undefined => {
      const head = records.publishedHead();
      return head && { seq: head.seq, cid: head.cid, publishedAt: head.publishedAt ?? 0 };
    },
    /**
     * The rows of a file as of a snapshot, in the order of their record keys, a page at a time. What
     * is published meanwhile changes nothing in them. Nothing is held open between two pages.
     */
    *pages(name: OpenDataName, { seq }: Snapshot): Iterable<readonly Row[]> {
      const file = OPEN_DATA_FILES[name];
      const look = createLook(did, (collection, rkey) => records.asOf(collection, rkey, seq));
      const { collection: now, formerCollection: before } = file;
      for (const collection of before === undefined ? [now] : [before, now]) {
        let after = '';
        for (;;) {
          const found = records.allAsOf(collection, seq, after, ROWS_AT_ONCE);
          yield found
            .filter(({ operation }) => operation !== 'delete')
            .flatMap(({ rkey, cid, value }) => {
              const row = file.row({ uri: recordUri(did, collection, rkey), cid }, value, look);
              return row === undefined ? [] : [row];
            });
          const last = found.at(-1);
          if (last === undefined || found.length < ROWS_AT_ONCE) break;
          after = last.rkey;
        }
      }
    },
  };
}
