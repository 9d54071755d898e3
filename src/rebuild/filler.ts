/** Fills tables from the records of a repository, some at a time, and keeps account of it. */
import { type SourceRecord, UnusableRecord, uriOf } from './fields.ts';

/** A repository that was read and verified. */
export type RebuildSource = {
  readonly did: string;
  /** The records of a collection, oldest key first; may be asked for several times. */
  readonly records: (collection: string) => Iterable<SourceRecord>;
};

export type LeftOut = { readonly uri: string; readonly why: string };
/** A row of a table, in the order of values of `restore.ts`. */
export type Row = readonly (string | number | null)[];
export type Line = { readonly record: SourceRecord; readonly row: Row };
type Insert = (rows: readonly Row[]) => void;
type RowOf = (did: string, record: SourceRecord) => Row;

export type Filler = {
  readonly source: RebuildSource;
  /** A record that cannot be restored is left out; otherwise it throws an `UnusableRecord`. */
  readonly isTolerant: boolean;
  /** Is told how many records are done. */
  readonly progress: (done: number) => void;
  readonly leftOut: LeftOut[];
  /** How many records of each collection there are. */
  readonly counts: Map<string, number>;
  done: number;
};

const BATCH = 500;

/** Does something with all items, some at a time; answers how many there were. */
export function inBatches<T>(
  filler: Filler,
  items: Iterable<T>,
  work: (batch: readonly T[]) => void,
): number {
  const before = filler.done;
  const finish = (batch: readonly T[]): void => {
    if (batch.length > 0) work(batch);
    filler.done += batch.length;
    filler.progress(filler.done);
  };
  let batch: T[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    finish(batch);
    batch = [];
  }
  finish(batch);
  return filler.done - before;
}

/** Does something with the records of a collection, some at a time. */
export function each(
  filler: Filler,
  collection: string,
  work: (records: readonly SourceRecord[]) => void,
): void {
  filler.counts.set(collection, inBatches(filler, filler.source.records(collection), work));
}

/** Puts one row for each record of a collection. */
export const fill = (
  filler: Filler,
  collection: string,
  { into, rowOf }: { readonly into: Insert; readonly rowOf: RowOf },
): void =>
  each(filler, collection, (records) => put(filler, into, linesOf(filler, records, rowOf)));

export function linesOf(
  filler: Filler,
  records: readonly SourceRecord[],
  rowOf: RowOf,
): readonly Line[] {
  const lines: Line[] = [];
  for (const record of records) {
    try {
      lines.push({ record, row: rowOf(filler.source.did, record) });
    } catch (error) {
      leaveOut(filler, record, error);
    }
  }
  return lines;
}

export function put(filler: Filler, insert: Insert, lines: readonly Line[]): void {
  try {
    insert(lines.map(({ row }) => row));
  } catch {
    // The statement changed nothing, so the rows can be tried one by one.
    for (const { record, row } of lines) {
      try {
        insert([row]);
      } catch (error) {
        leaveOut(filler, record, error);
      }
    }
  }
}

function leaveOut(filler: Filler, record: SourceRecord, error: unknown): void {
  const uri = uriOf(filler.source.did, record);
  const why = reasonOf(error);
  if (filler.isTolerant) filler.leftOut.push({ uri, why });
  else if (error instanceof UnusableRecord) throw error;
  else throw new UnusableRecord(`${uri} cannot be restored: ${why}.`, { cause: error });
}

/** Why a record could not be restored, as the database or the reader says it. */
function reasonOf(error: unknown): string {
  if (error instanceof UnusableRecord) return error.message;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  return /NOT NULL|FOREIGN KEY/.test(message)
    ? `what it refers to is missing: ${message}`
    : message;
}
