import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** Records in the order in which they were decided, on their way to the city's repository. */
export const records = sqliteTable(
  'records',
  {
    seq: integer().primaryKey(),
    collection: text().notNull(),
    rkey: text().notNull(),
    operation: text({ enum: ['create', 'update', 'delete'] }).notNull(),
    cid: text().notNull(),
    /** The record as JSON (ATProto's data model in JSON). */
    value: text().notNull(),
    /** `superseded`: never written, since a later version of the record was in its place. */
    state: text({ enum: ['staged', 'published', 'superseded'] }).notNull(),
    stagedAt: integer('staged_at').notNull(),
    /** When it was published, or the version that superseded it was. */
    publishedAt: integer('published_at'),
  },
  (table) => [
    index('records_staged').on(table.seq).where(sql`${table.state} = 'staged'`),
    index('records_key').on(table.collection, table.rkey),
    uniqueIndex('records_created_once')
      .on(table.collection, table.rkey)
      .where(sql`${table.operation} = 'create'`),
  ],
);
