/** Puts together what goes to the repository in one commit. */
import { POINTS } from '../../account/rate-limits.ts';
import type { RecordRow } from '../../store/records.ts';
import { picturesIn } from './pictures-in.ts';
import { createReplacing, keyOf, newestVersions } from './versions.ts';

/** `applyWrites` takes no more operations. */
export const OPERATIONS_MAX = 200;
/** A request may have 1,000,000 bytes; the rest is for what stands around the records. */
export const RECORDS_BYTES_MAX = 850_000;

export type Batch = {
  /** All that are done with it, in their order. */
  readonly rows: readonly RecordRow[];
  /** Those of them that are written: versions that a later one replaces are left out. */
  readonly written: readonly RecordRow[];
  /** The `writes` of the request, as JSON. */
  readonly writes: string;
  /** Its cost in points of the write budget. */
  readonly points: number;
  /** The CIDs of the pictures that its records refer to. */
  readonly pictures: readonly string[];
};

/**
 * The first of the waiting records that may go together and that `points` pay for; undefined when
 * not even one may. Of the versions of a record only the newest is written; a batch ends before one
 * that does not replace those before it. A commit that changes one key twice is taken by the PDS, but
 * does not carry the bytes of the first version and cannot be verified by relays.
 */
export function composeBatch(waiting: readonly RecordRow[], pointsMax: number): Batch | undefined {
  const isReplaced = createReplacing(waiting);
  const places = new Map<string, number>();
  let count = 0;
  let cost = 0;
  for (const row of waiting) {
    const key = keyOf(row);
    const earlier = places.get(key);
    if (earlier === undefined) {
      cost += POINTS[row.operation];
      if (cost > pointsMax || places.size === OPERATIONS_MAX) break;
    } else if (!isReplaced(earlier, count)) break;
    places.set(key, count);
    count += 1;
  }
  if (count === 0) return undefined;
  const rows = wholeDecisions(waiting.slice(0, count), waiting[count]);
  const written = newestVersions(rows);
  const points = written.reduce((sum, row) => sum + POINTS[row.operation], 0);
  const pictures = [...new Set(written.flatMap((row) => picturesIn(row.value)))];
  return { rows, written, writes: `[${written.map(operation).join(',')}]`, points, pictures };
}

/**
 * The records up to where a decision ends, when `next` is the one after them: who reads the
 * repository sees a burn with its redemption, or neither. What was decided together has one time. A
 * decision that is too big for a commit is cut all the same.
 */
export function wholeDecisions(
  rows: readonly RecordRow[],
  next: RecordRow | undefined,
): readonly RecordRow[] {
  const end = rows.findLastIndex((row) => row.stagedAt !== next?.stagedAt) + 1;
  return end === 0 ? rows : rows.slice(0, end);
}

/** The stored JSON is put in as it is: nothing may change between staging and publishing. */
function operation(row: RecordRow): string {
  const key = `"collection":${JSON.stringify(row.collection)},"rkey":${JSON.stringify(row.rkey)}`;
  const value = row.operation === 'delete' ? '' : `,"value":${row.value}`;
  return `{"$type":"com.atproto.repo.applyWrites#${row.operation}",${key}${value}}`;
}
