import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { inbox } from './messages.ts';
import { identities } from './people.ts';

/** A picture that came with a message, on its way from the spool to the public record. */
export const pictures = sqliteTable(
  'pictures',
  {
    id: integer().primaryKey(),
    /** Null for a picture that was restored from the public record. */
    inboxId: integer('inbox_id').references(() => inbox.id),
    /** Whose message it was, and when it came (ms): what one address sends is counted. */
    identityId: integer('identity_id').references(() => identities.id),
    addedAt: integer('added_at'),
    spoolKey: text('spool_key').notNull(),
    /**
     * remote → raw, once its channel has fetched it; raw → clean | refused; clean → uploaded, when its
     * record is in the repository; uploaded → published, when the PDS gave it out and the spool no
     * longer holds it.
     */
    state: text({
      enum: ['remote', 'raw', 'clean', 'refused', 'uploaded', 'published'],
    }).notNull(),
    /**
     * How often a look at it was begun: a picture that ends the program is not tried for ever. Once
     * it is uploaded, how often the PDS did not give it out.
     */
    attempts: integer().notNull().default(0),
    /**
     * The channel fetches it by this, which is sealed, since it may name its sender; emptied once the
     * channel has nothing left to do about it.
     */
    source: text(),
    /** It is not fetched, looked at or fetched back before this time (ms): what failed is tried later. */
    retryAt: integer('retry_at').notNull().default(0),
    reason: text(),
    cid: text(),
    sha256: text(),
    mediaType: text('media_type'),
    sizeBytes: integer('size_bytes'),
    width: integer(),
    height: integer(),
    /** Its perceptual hash, 256 bits as hex; null for a picture with too little in it. */
    perceptualHash: text('perceptual_hash'),
  },
  (table) => [
    index('pictures_inbox').on(table.inboxId),
    index('pictures_cid').on(table.cid),
    index('pictures_sender').on(table.identityId, table.addedAt),
    index('pictures_raw').on(table.id).where(sql`${table.state} = 'raw'`),
    index('pictures_remote').on(table.id).where(sql`${table.state} = 'remote'`),
    index('pictures_with_source')
      .on(table.id)
      .where(sql`${table.source} is not null and ${table.state} <> 'remote'`),
    index('pictures_in_use')
      .on(table.id)
      .where(sql`${table.state} in ('raw', 'clean', 'uploaded')`),
    index('pictures_uploaded').on(table.id).where(sql`${table.state} = 'uploaded'`),
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
