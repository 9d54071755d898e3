/**
 * Several versions of one record that wait together: the write budget need not pay for those that
 * nobody refers to and that a later one replaces in the same commit.
 */
import type { RecordRow } from '../../store/records.ts';
import { COLLECTIONS, type Kind } from '../kinds/index.ts';
import { recordCidsIn } from '../strong-ref.ts';
import { picturesIn } from './pictures-in.ts';
import { isPutBack } from './standing.ts';

/** Never replaced once decided, so each is written as it is. Source: docs/audit.md. */
const LASTING = (['transfer', 'review', 'redemption', 'location'] satisfies Kind[]).map(
  (kind): string => COLLECTIONS[kind],
);

/** Where a record stands in the repository. */
export const keyOf = ({ collection, rkey }: RecordRow): string => `${collection}/${rkey}`;

/**
 * Answers whether the row at one place need not be written when the row at a later place, the next
 * version of the same record, is. A record refers to the newest version of another, or to one that an
 * earlier record refers to: so whoever refers to a version at all, first does before the next version
 * is decided. Where not all that was decided between the two is in `rows`, both are written.
 */
export function createReplacing(rows: readonly RecordRow[]) {
  let cids: ReadonlySet<string> | undefined;
  const isReferredTo = (cid: string): boolean => {
    cids ??= new Set(rows.flatMap(({ value }) => recordCidsIn(value)));
    return cids.has(cid);
  };
  return (earlierAt: number, laterAt: number): boolean => {
    const [earlier, later] = [rows[earlierAt], rows[laterAt]];
    if (earlier === undefined || later === undefined) return false;
    return (
      later.operation === 'update' &&
      earlier.operation !== 'delete' &&
      later.seq - earlier.seq === laterAt - earlierAt &&
      !LASTING.includes(earlier.collection) &&
      // Its pictures would wait for ever for a record that needs them.
      picturesIn(earlier.value).length === 0 &&
      ![earlier, later].some(isPutBack) &&
      !isReferredTo(earlier.cid)
    );
  };
}

/**
 * The newest of the versions of each record, at its place in the order. What is new to the repository
 * is created, whichever version that is.
 */
export function newestVersions(rows: readonly RecordRow[]): readonly RecordRow[] {
  const newest = new Map<string, RecordRow>();
  for (const row of rows) {
    const key = keyOf(row);
    const { operation } = newest.get(key) ?? row;
    newest.delete(key);
    newest.set(key, operation === row.operation ? row : { ...row, operation });
  }
  return [...newest.values()];
}

/** The rows before the first that is a second version of a record among them. */
export function oneVersionEach(rows: readonly RecordRow[]): readonly RecordRow[] {
  const keys = new Set<string>();
  const second = rows.findIndex((row) => keys.size === keys.add(keyOf(row)).size);
  return second === -1 ? rows : rows.slice(0, second);
}
