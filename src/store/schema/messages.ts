import { sql } from 'drizzle-orm';
import {
  index,
  integer,
  primaryKey,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core';
import type { InboundMessage, Reply } from '../../conversation/message.ts';
import { json } from './json.ts';
import { identities } from './people.ts';

/** The part of a message that the inbox keeps until it is done. */
export type InboxPayload = Pick<
  InboundMessage,
  'text' | 'replyTo' | 'thread' | 'answered' | 'unread'
> & {
  readonly isPublic?: true;
  /** How many pictures came with it. */
  readonly pictures: number;
};

/** A reply as the outbox keeps it until it is sent. */
export type DeliveryBody = Reply & {
  /** It is said in public once it is known whether this private answer could be sent. */
  readonly afterwards?: {
    readonly place: string;
    readonly thread: string | null;
    readonly sent: Reply | null;
    readonly closed: Reply;
  };
  /** How often it was sent before and not delivered. */
  readonly sentAgain?: number;
};

/** A message that came in, stored before it is acknowledged, once for a channel and external id. */
export const inbox = sqliteTable(
  'inbox',
  {
    id: integer().primaryKey(),
    channel: text().notNull(),
    externalId: text('external_id').notNull(),
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    /** Emptied once the message is done. */
    payload: json<InboxPayload>(),
    /** The place of a public message, in the channel's own words: its answer belongs there. */
    place: text(),
    /** The sender's own public post that it is, which evidence can point at. */
    postUri: text('post_uri'),
    postCid: text('post_cid'),
    /** How many SMS segments it cost to receive; null where nobody counts. */
    segments: integer(),
    state: text({ enum: ['received', 'done', 'parked'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** It is not tried before this time (ms), nor are its person's next messages. */
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
    /**
     * remote → raw, once its channel has fetched it; raw → clean | refused; clean → published, when
     * the spool no longer holds it.
     */
    state: text({ enum: ['remote', 'raw', 'clean', 'refused', 'published'] }).notNull(),
    /** How often a look at it was begun: a picture that ends the program is not tried for ever. */
    attempts: integer().notNull().default(0),
    /** The channel fetches it by this; emptied once the channel has nothing left to do about it. */
    source: text(),
    /** It is not fetched before this time (ms): a server that failed is asked again later. */
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
    index('pictures_raw').on(table.id).where(sql`${table.state} = 'raw'`),
    index('pictures_remote').on(table.id).where(sql`${table.state} = 'remote'`),
    index('pictures_with_source')
      .on(table.id)
      .where(sql`${table.source} is not null and ${table.state} <> 'remote'`),
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

/** A delivery, written in the transaction that decided it, and sent after that. */
export const outbox = sqliteTable(
  'outbox',
  {
    id: integer().primaryKey(),
    channel: text().notNull(),
    /** The recipient; null for the channel's public place (a feed, a channel post). */
    identityId: integer('identity_id').references(() => identities.id),
    inboxId: integer('inbox_id').references(() => inbox.id),
    /**
     * The reason: the answer to a message, a notice nobody asked for, a public announcement, a
     * change of one, or one of the messages of a broadcast.
     */
    kind: text({ enum: ['reply', 'notice', 'announcement', 'update', 'broadcast'] }).notNull(),
    /** 1 for a delivery that nobody waits for: it is sent when nothing else waits. */
    bulk: integer().notNull().default(0),
    taskId: integer('task_id'),
    broadcastId: integer('broadcast_id').references(() => broadcasts.id),
    /** The public place, in the channel's own words; null for a private message. */
    place: text(),
    /** The conversation that the place belongs to, where only a few answers are given. */
    thread: text(),
    /** Emptied once it is sent. */
    body: json<DeliveryBody>(),
    state: text({ enum: ['pending', 'leased', 'sent', 'delivered', 'failed', 'dead'] }).notNull(),
    attempts: integer().notNull().default(0),
    /** It is not sent before this time (ms), because of back-off or quiet hours. */
    notBefore: integer('not_before').notNull(),
    leaseUntil: integer('lease_until'),
    /** The id that the channel gave the message. */
    providerId: text('provider_id'),
    /** How many SMS segments it cost to send; null where nobody counts. */
    segments: integer(),
    error: text(),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
  },
  (table) => [
    index('outbox_due')
      .on(table.channel, table.notBefore, table.id)
      .where(sql`${table.state} = 'pending'`),
    index('outbox_in_turn')
      .on(table.channel, table.bulk, table.id)
      .where(sql`${table.state} = 'pending'`),
    index('outbox_in_public')
      .on(table.identityId, table.createdAt)
      .where(sql`${table.place} is not null`),
    uniqueIndex('outbox_broadcast_once')
      .on(table.broadcastId, table.identityId)
      .where(sql`${table.broadcastId} is not null`),
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

/** An announcement on its way to everybody who asked to be told, a part at a time. */
export const broadcasts = sqliteTable(
  'broadcasts',
  {
    id: integer().primaryKey(),
    taskId: integer('task_id').notNull(),
    state: text({ enum: ['running', 'done', 'halted'] }).notNull(),
    /** How many people it was for when it began. */
    total: integer().notNull(),
    /** The last identity that it was put in the outbox for. */
    lastIdentityId: integer('last_identity_id').notNull().default(0),
    /** How many messages it has put in the outbox. */
    queued: integer().notNull().default(0),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
  },
  (table) => [
    index('broadcasts_running').on(table.id).where(sql`${table.state} = 'running'`),
    index('broadcasts_task').on(table.taskId),
  ],
);

/**
 * The rest of a long answer, and the choices that were numbered: where there are no buttons, the next
 * message of an address may be about them.
 */
export const followUps = sqliteTable('follow_ups', {
  identityId: integer('identity_id')
    .primaryKey()
    .references(() => identities.id),
  /** The part of the reply that is left over; null for none. */
  rest: json<Pick<Reply, 'text' | 'choices'>>(),
  /** The words that each number stands for; null for none. */
  choices: json<Readonly<Record<string, string>>>(),
  expiresAt: integer('expires_at').notNull(),
});

/**
 * The value of a short token, where a channel has little room: a button, a deep link. Deliveries are
 * here, too, sealed, until it is known whether they arrived.
 */
export const payloads = sqliteTable(
  'payloads',
  {
    token: text().primaryKey(),
    value: text().notNull(),
    expiresAt: integer('expires_at').notNull(),
  },
  (table) => [index('payloads_expiry').on(table.expiresAt)],
);

/** A small value under a name, such as the place where a reader of a stream stands. */
export const cursors = sqliteTable('cursors', {
  name: text().primaryKey(),
  value: text().notNull(),
});
