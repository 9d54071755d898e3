/** Goes through the records of a repository, some at a time, and keeps account of what it does. */
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

const BATCH = 500;

/** Why a record could not be restored, as the database or the reader says it. */
function reasonOf(error: unknown): string {
  if (error instanceof UnusableRecord) return error.message;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const message = cause instanceof Error ? cause.message : String(cause);
  return /NOT NULL|FOREIGN KEY/.test(message)
    ? `what it refers to is missing: ${message}`
    : message;
}

export type Filler = ReturnType<typeof createFiller>;

/**
 * With `tolerant` a record that cannot be restored is left out and told of; otherwise the first
 * throws an `UnusableRecord`. `progress` is told how many records are done.
 */
export function createFiller(options: {
  readonly source: RebuildSource;
  readonly tolerant: boolean;
  readonly progress: (done: number) => void;
}) {
  const { source, tolerant } = options;
  const leftOut: LeftOut[] = [];
  const counts = new Map<string, number>();
  let done = 0;

  const leaveOut = (record: SourceRecord, error: unknown): void => {
    const uri = uriOf(source.did, record);
    const why = reasonOf(error);
    if (why === undefined) throw error;
    if (!tolerant) {
      // What cannot be read says itself where it is.
      if (error instanceof UnusableRecord) throw error;
      throw new UnusableRecord(`${uri} cannot be restored: ${why}.`, { cause: error });
    }
    leftOut.push({ uri, why });
  };

  const put = (insert: Insert, lines: readonly Line[]): void => {
    try {
      insert(lines.map(({ row }) => row));
    } catch (failure) {
      if (reasonOf(failure) === undefined) throw failure;
      // The statement changed nothing, so the rows can be tried one by one.
      for (const { record, row } of lines) {
        try {
          insert([row]);
        } catch (error) {
          leaveOut(record, error);
        }
      }
    }
  };

  const linesOf = (
    records: readonly SourceRecord[],
    rowOf: (did: string, record: SourceRecord) => Row,
  ): Line[] => {
    const lines: Line[] = [];
    for (const record of records) {
      try {
        lines.push({ record, row: rowOf(source.did, record) });
      } catch (error) {
        leaveOut(record, error);
      }
    }
    return lines;
  };

  const inBatches = <T>(items: Iterable<T>, work: (batch: readonly T[]) => void): number => {
    let batch: T[] = [];
    let count = 0;
    for (const item of items) {
      batch.push(item);
      if (batch.length < BATCH) continue;
      work(batch);
      count += batch.length;
      batch = [];
      done += BATCH;
      options.progress(done);
    }
    if (batch.length > 0) work(batch);
    done += batch.length;
    options.progress(done);
    return count + batch.length;
  };

  /** Does something with the records of a collection, some at a time. */
  const each = (collection: string, work: (records: readonly SourceRecord[]) => void): void => {
    counts.set(collection, inBatches(source.records(collection), work));
  };

  return {
    did: source.did,
    source,
    leftOut: leftOut as readonly LeftOut[],
    counts: counts as ReadonlyMap<string, number>,
    leaveOut,
    put,
    linesOf,
    inBatches,
    each,
    /** Puts one row for each record of a collection. */
    fill: (
      collection: string,
      insert: Insert,
      rowOf: (did: string, record: SourceRecord) => Row,
    ): void => each(collection, (records) => put(insert, linesOf(records, rowOf))),
  };
}
