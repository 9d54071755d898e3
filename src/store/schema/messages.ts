import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import { identities } from './people.ts';

/** What came in. Stored before it is acknowledged; once per channel and external id. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: integer().primaryKey(),
    channel: text().notNull(),
    externalId: text('external_id').notNull(),
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    /** JSON of the text and what it replies to; emptied once the message is done. */
    payload: text(),
    state: text({ enum: ['received', 'done', 'parked'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** Not before this time (ms): a failed message waits, and its person's next ones with it. */
    retryAt: integer('retry_at').notNull().default(0),
    error: text(),
    receivedAt: integer('received_at').notNull(),
    processedAt: integer('processed_at'),
  },
  (table) => [
    uniqueIndex('inbox_external').on(table.channel, table.externalId),
    index('inbox_waiting').on(table.id).where(sql`${table.state} = 'received'`),
    index('inbox_parked').on(table.id).where(sql`${table.state} = 'parked'`),
    index('inbox_waiting_of')
      .on(table.identityId, table.id)
      .where(sql`${table.state} = 'received'`),
  ],
);

/** A picture that came with a message, on its way from the spool to the public record. */
export const pictures = sqliteTable(
  'pictures',
  {
    id: integer().primaryKey(),
    /** Null for a picture that was restored from the public record. */
    inboxId: integer('inbox_id').references(() => inbox.id),
    spoolKey: text('spool_key').notNull(),
    /** raw → clean | refused; clean → published, when the spool no longer holds it. */
    state: text({ enum: ['raw', 'clean', 'refused', 'published'] }).notNull(),
    /** How often somebody began to look at it: one that ends the program is not looked at for ever. */
    attempts: integer().notNull().default(0),
    reason: text(),
    cid: text(),
    sha256: text(),
    mediaType: text('media_type'),
    sizeBytes: integer('size_bytes'),
    width: integer(),
    height: integer(),
    /** What it looks like: 256 bits as hex. Null when there is too little to tell it by. */
    perceptualHash: text('perceptual_hash'),
  },
  (table) => [
    index('pictures_inbox').on(table.inboxId),
    index('pictures_cid').on(table.cid),
    index('pictures_raw').on(table.id).where(sql`${table.state} = 'raw'`),
    index('pictures_in_use').on(table.id).where(sql`${table.state} in ('raw', 'clean')`),
  ],
);

/**
 * The perceptual hash of a picture in 16 pieces of 16 bits: two that differ in at most 15 bits have
 * a piece in common, so that what looks alike is found by an index.
 */
export const pictureBands = sqliteTable(
  'picture_bands',
  {
    pictureId: integer('picture_id').notNull(),
    /** 0–15. */
    band: integer().notNull(),
    /** 0–65535. */
    value: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.band, table.value, table.pictureId] })],
);

/** What goes out. Rows are written in the transaction that decided them, and sent after it. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey(),
    channel: text().notNull(),
    /** The recipient; null for the channel's public place (a feed, a channel post). */
    identityId: integer('identity_id').references(() => identities.id),
    inboxId: integer('inbox_id').references(() => inbox.id),
    /** Why: the answer to a message, a notice nobody asked for, or a public announcement. */
    kind: text({ enum: ['reply', 'notice', 'announcement'] }).notNull(),
    taskId: integer('task_id'),
    /** JSON of the Reply; emptied once it is sent. */
    body: text(),
    state: text({ enum: ['pending', 'leased', 'sent', 'delivered', 'failed', 'dead'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** Not before this time (ms): back-off and quiet hours. */
    notBefore: integer('not_before').notNull(),
    leaseUntil: integer('lease_until'),
    /** The id that the channel gave the message. */
    providerId: text('provider_id'),
    error: text(),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
  },
  (table) => [
    index('outbox_due')
      .on(table.channel, table.notBefore, table.id)
      .where(sql`${table.state} = 'pending'`),
    index('outbox_leased')
      .on(table.channel, table.identityId)
      .where(sql`${table.state} = 'leased'`),
    index('outbox_backing_off')
      .on(table.channel, table.identityId, table.id)
      .where(sql`${table.state} = 'pending' and ${table.attempts} > 0`),
    index('outbox_unsent_to')
      .on(table.identityId)
      .where(sql`${table.state} in ('pending', 'leased')`),
    index('outbox_dead').on(table.id).where(sql`${table.state} = 'dead'`),
    index('outbox_provider').on(table.channel, table.providerId),
  ],
);

/** Where a reader of a stream stands. */
export const cursors = sqliteTable('cursors', {
  name: text().primaryKey(),
  value: text().notNull(),
});
