/**
 * Gives every record another DID, and so another CID, before any of them was published. This is the
 * one time that final rows are written again; nothing but addresses and CIDs changes in them.
 */
import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

/** The triggers that refuse changes to transfers and reviews at all other times. */
const FINAL = ['transfers_not_updated', 'reviews_not_updated'] as const;

/** The columns that keep the CIDs of records. */
const CIDS = [
  ['partners', 'cid'],
  ['places', 'cid'],
  ['tasks', 'cid'],
  ['activities', 'cid'],
  ['claims', 'cid'],
  ['evidence', 'cid'],
  ['reviews', 'cid'],
  ['offers', 'cid'],
  ['transfers', 'cid'],
  ['transfers', 'previous_cid'],
] as const;

type RecordInOrder = {
  readonly seq: number;
  readonly collection: string;
  readonly value: string;
  readonly cid: string;
};

/** A record as it is rewritten. */
export type Readdressed = { readonly seq: number; readonly value: string; readonly cid: string };

/** For one transaction, from `begin` to `end`. */
export function adoptionWrites(db: Database) {
  const run = (text: string): void => {
    db.run(sql.raw(text));
  };
  let lifted: readonly string[] = [];
  return {
    isAnythingPublished: (): boolean =>
      db.get(sql`select 1 from records where state = 'published' limit 1`) !== undefined,
    begin: (): void => {
      lifted = FINAL.map((name) => {
        const found = db.get<{ sql: string }>(
          sql`select sql from sqlite_master where type = 'trigger' and name = ${name}`,
        );
        if (found === undefined) throw new Error(`adoption: the trigger ${name} is missing`);
        return found.sql;
      });
      for (const name of FINAL) run(`drop trigger ${name}`);
      // An ordinary table, gone before the transaction ends: a Durable Object allows no temporary one.
      run('create table readdressed (old text primary key, cid text not null) without rowid');
    },
    /** Records in the order in which they were decided. */
    recordsInOrder: (after: number, limit: number): RecordInOrder[] =>
      db.all<RecordInOrder>(
        sql`select seq, collection, value, cid from records where seq > ${after} order by seq limit ${limit}`,
      ),
    /** Writes records again; `old` is the CID that each had. */
    readdress: (records: readonly (Readdressed & { readonly old: string })[]): void => {
      const rows = JSON.stringify(
        records.map(({ seq, value, cid, old }) => [seq, value, cid, old]),
      );
      db.run(sql`update records set value = given.value ->> 1, cid = given.value ->> 2
        from json_each(${rows}) as given where records.seq = given.value ->> 0`);
      db.run(sql`insert or replace into readdressed (old, cid)
        select given.value ->> 3, given.value ->> 2 from json_each(${rows}) as given where true`);
    },
    /** Gives the rest of the store the new CIDs, and puts the triggers back. */
    end: (from: string, to: string): void => {
      for (const [table, column] of CIDS) {
        run(`update ${table} set ${column} = readdressed.cid from readdressed
          where readdressed.old = ${table}.${column}`);
      }
      db.run(
        sql`update transfers set reference = replace(reference, ${`at://${from}/`}, ${`at://${to}/`})
          where reference is not null`,
      );
      run('drop table readdressed');
      for (const trigger of lifted) run(trigger);
    },
  };
}
