import { and, desc, eq, gt, lt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { delayed } from './delayed.ts';
import { memoryIn } from './memory.ts';
import { records } from './schema/index.ts';
import {
  all,
  COUNT,
  changes,
  count,
  exists,
  get,
  given,
  isAmong,
  p,
  row,
  run,
  value,
} from './statements.ts';

export type RecordRow = typeof records.$inferSelect;
export type NewRecord = Pick<
  RecordRow,
  'collection' | 'rkey' | 'operation' | 'cid' | 'value' | 'stagedAt'
>;

const isInCollection = eq(records.collection, given('collection'));
const isOfKey = and(isInCollection, eq(records.rkey, given('rkey')));
// In the words of the partial index: else SQLite would not use it.
const isStaged = sql`${records.state} = 'staged'`;

const operations = (operation: RecordRow['operation']) =>
  sql<number>`coalesce(sum(${records.operation} = ${sql.raw(`'${operation}'`)}), 0)`;

/** The records of the city, read. */
export function recordsReads(db: Database) {
  return {
    /** The newest version of a record, published or not. */
    get: get(
      db.select().from(records).where(isOfKey).orderBy(desc(records.seq)).limit(1),
      (collection: string, rkey: string) => ({ collection, rkey }),
    ),
    /** The newest records, newest first; `before` is the seq to go on from. */
    newest: all(
      db
        .select()
        .from(records)
        .where(lt(records.seq, given('before')))
        .orderBy(desc(records.seq))
        .limit(p('limit')),
      (limit: number, before: number = Number.MAX_SAFE_INTEGER) => ({ limit, before }),
    ),
    /** The last record key of a collection in their order; TIDs sort by time. */
    newestKey: value(
      db
        .select({ value: sql<string | null>`max(${records.rkey})` })
        .from(records)
        .where(isInCollection),
      (collection: string) => ({ collection }),
    ),
    /** Records after `seq`, in order. */
    after: all(
      db
        .select()
        .from(records)
        .where(gt(records.seq, given('seq')))
        .orderBy(records.seq)
        .limit(p('limit')),
      (seq: number, limit: number) => ({ seq, limit }),
    ),
    /**
     * Records of a collection as they stood when `upTo` was the newest seq, one version each, in
     * the order of their keys, from those after the key `after`: at most `limit`. Deleted ones are
     * among them, with that operation. A page costs the same wherever it is.
     */
    allAsOf: all(
      // The versions are chosen on the index alone; only then are their values fetched.
      db
        .select()
        .from(records)
        .where(
          sql`${records.seq} in (select max(seq) from ${records}
        where ${records.collection} = ${given('collection')} and ${records.rkey} > ${given('after')}
          and ${records.seq} <= ${given('upTo')}
        group by ${records.rkey} order by ${records.rkey} limit ${p('limit')})`,
        )
        .orderBy(records.rkey),
      (collection: string, upTo: number, after: string, limit: number) => ({
        collection,
        upTo,
        after,
        limit,
      }),
    ),
    /** One record as it stood when `upTo` was the newest seq. */
    asOf: get(
      db
        .select()
        .from(records)
        .where(and(isOfKey, sql`${records.seq} <= ${given('upTo')}`))
        .orderBy(desc(records.seq))
        .limit(1),
      (collection: string, rkey: string, upTo: number) => ({ collection, rkey, upTo }),
    ),
    ...publishingReads(db),
  };
}

/** How far the records of the city are published. */
function publishingReads(db: Database) {
  return {
    /**
     * Records that wait to be published, oldest first, from those after `after`: as many as
     * `limit` and `bytesMax` (of their JSON) allow, but one at least if there is one.
     */
    staged: stagedRead(db),
    /** Whether a CID is that of a version of the record that was decided after this one. */
    isLaterVersion: exists(
      db
        .select({ seq: records.seq })
        .from(records)
        .where(and(isOfKey, gt(records.seq, given('seq')), sql`${records.cid} = ${given('cid')}`))
        .limit(1),
      ({ collection, rkey, seq }: RecordRow, cid: string) => ({ collection, rkey, seq, cid }),
    ),
    /** How many records wait, and since when the oldest does (ms). */
    backlog: row(
      db
        .select({ count: COUNT.value, oldest: sql<number | null>`min(${records.stagedAt})` })
        .from(records)
        .where(isStaged),
    ),
    /** Is anything in the repository, as far as is known? */
    isAnyPublished: exists(
      db
        .select({ seq: records.seq })
        .from(records)
        .where(sql`${records.state} = 'published'`)
        .limit(1),
    ),
    /** How many records were published, are not there as they should, and wait to be put back. */
    toPutBack: count(
      db
        .select(COUNT)
        .from(records)
        .where(and(isStaged, sql`${records.publishedAt} is not null`)),
    ),
    /** How many records wait, by what is to be done with them. */
    waitingOperations: row(
      db
        .select({
          create: operations('create'),
          update: operations('update'),
          delete: operations('delete'),
        })
        .from(records)
        .where(isStaged),
    ),
    /** The last record up to which every one is published; undefined when none is. */
    publishedHead: get(
      // Publishing keeps the order: what stands before the first that waits is in the repository.
      db
        .select({ seq: records.seq, cid: records.cid, publishedAt: records.publishedAt })
        .from(records)
        .where(
          sql`${records.seq} < coalesce((select min(seq) from ${records} where state = 'staged'), ${Number.MAX_SAFE_INTEGER})`,
        )
        .orderBy(desc(records.seq))
        .limit(1),
    ),
    /**
     * How many records were published after `since` (ms), in steps of `stepMs`, among the newest
     * `limit`: the write budget that is used.
     */
    publishedCounts: all(
      // Publishing keeps the order, so the newest published rows are those of the last hours. Where a
      // record was superseded before it was created, the update in its place was what created it.
      db
        .select({
          from: sql<number>`published_at - published_at % ${p('stepMs')}`,
          creates: sql<number>`sum(operation = 'create')`,
          updates: sql<number>`sum(operation = 'update') - sum(state = 'superseded')`,
          deletes: sql<number>`sum(operation = 'delete')`,
        })
        .from(
          sql`(select operation, state, published_at from ${records}
        where ${records.state} = 'published'
          or (${records.state} = 'superseded' and ${records.operation} = 'create')
        order by seq desc limit ${p('limit')})`,
        )
        .where(sql`published_at > ${given('since')}`)
        .groupBy(sql`1`)
        .orderBy(sql`1`),
      (since: number, stepMs: number, limit: number) => ({ since, stepMs, limit }),
    ),
  };
}

function stagedRead(db: Database) {
  const isNext = and(isStaged, gt(records.seq, given('after')));
  const first = all(
    db.select().from(records).where(isNext).orderBy(records.seq).limit(1),
    (after: number) => ({ after }),
  );
  // Big records are rare; SQLite sums the bytes, so that not all of them are fetched at once.
  const lastFitting = value(
    db
      .select({ value: sql<number | null>`max(seq)` })
      .from(
        sql`(select seq, sum(length(cast(value as blob))) over (order by seq) as bytes from (
          select seq, value from ${records} where ${isNext} order by seq limit ${p('limit')}))`,
      )
      .where(sql`bytes <= ${given('bytesMax')}`),
    (after: number, limit: number, bytesMax: number) => ({ after, limit, bytesMax }),
  );
  const upTo = all(
    db
      .select()
      .from(records)
      .where(and(isNext, sql`${records.seq} <= ${given('last')}`))
      .orderBy(records.seq),
    (after: number, last: number) => ({ after, last }),
  );
  return (after: number, limit: number, bytesMax: number): RecordRow[] => {
    const last = lastFitting(after, limit, bytesMax);
    return last === undefined ? first(after) : upTo(after, last);
  };
}

/** The records of the city, written. */
export function recordsWrites(db: Database) {
  const addAll = run(
    db.insert(records).select(
      sql`select null, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, 'staged',
          value ->> 5, null
        from json_each(${given('rows')}) order by key`,
    ),
    (rows: readonly (readonly unknown[])[]) => ({ rows: JSON.stringify(rows) }),
  );
  return {
    /** Puts a record in the queue to the repository. */
    stage: delayed(memoryIn(db), 'records', (rows: readonly NewRecord[]) =>
      addAll(
        rows.map(({ collection, rkey, operation, cid, value, stagedAt }) => [
          ...[collection, rkey, operation, cid, value, stagedAt],
        ]),
      ),
    ),
    /** These are not in the repository as they should: they wait to be put back, before all others. */
    putBack: run(
      db
        .update(records)
        .set({ state: 'staged' })
        .where(and(isAmong(records.seq, 'seqs'), sql`${records.state} = 'published'`)),
      (seqs: readonly number[]) => ({ seqs: JSON.stringify(seqs) }),
    ),
    /** Remembers that these are in the repository, since `publishedAt` (ms). */
    markPublished: markWrite(db, 'published'),
    /** Remembers that later versions are there in the place of these, since `publishedAt` (ms). */
    markSuperseded: markWrite(db, 'superseded'),
  };
}

const markWrite = (db: Database, state: 'published' | 'superseded') =>
  run(
    db
      .update(records)
      .set({ ...changes('publishedAt'), state })
      .where(and(isAmong(records.seq, 'seqs'), isStaged)),
    (seqs: readonly number[], publishedAt: number) => ({
      seqs: JSON.stringify(seqs),
      publishedAt,
    }),
  );
