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
  | ('text' | 'replyTo' | 'thread' | 'answered' | 'unread' | 'location')
  | ('isQuote' | 'namesUs' | 'changedAfterMs')
> & {
  readonly isPublic?: true;
  /** The address here of the number that its sender shared as their own; null for none. */
  readonly sharedNumber?: number | null;
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
    /** The channel's own id; where that is the address of somebody's post, its HMAC. */
    externalId: text('external_id').notNull(),
    identityId: integer('identity_id')
      .notNull()
      .references(() => identities.id),
    /** Emptied once the message is done. */
    payload: json<InboxPayload>(),
    /**
     * The place of a public message, in the channel's own words: its answer belongs there. Sealed, as
     * are the next two: they name the sender, who may not have agreed to be public.
     */
    place: text(),
    /** The sender's own public post that it is, which evidence can point at. */
    postUri: text('post_uri'),
    postCid: text('post_cid'),
    /** How many SMS segments it cost to receive; null where nobody counts. */
    segments: integer(),
    state: text({ enum: ['received', 'done', 'parked'] }).notNull(),
    /**
     * 1 for the first that waits of its identity, so that what one sender piles up is not looked at
     * for every other. It means nothing once the message does not wait.
     */
    head: integer().notNull().default(0),
    attempts: integer().notNull().default(0),
    /** It is not tried before this time (ms), nor are its person's next messages. */
    retryAt: integer('retry_at').notNull().default(0),
    error: text(),
    /** When it was sent, by its provider (ms); null where that is when it came. */
    sentAt: integer('sent_at'),
    receivedAt: integer('received_at').notNull(),
    processedAt: integer('processed_at'),
  },
  (table) => [
    uniqueIndex('inbox_external').on(table.channel, table.externalId),
    index('inbox_waiting').on(table.id).where(sql`${table.state} = 'received'`),
    index('inbox_heads').on(table.id).where(sql`${table.state} = 'received' and ${table.head} = 1`),
    index('inbox_parked').on(table.id).where(sql`${table.state} = 'parked'`),
    index('inbox_waiting_of')
      .on(table.identityId, table.id)
      .where(sql`${table.state} = 'received'`),
  ],
);

/**
 * Why a message did not reach: the recipient opted out; the address is not in service; it takes no
 * private messages; it gave no answer often enough; the carrier refused the message; the city's own
 * account has trouble; the texts were halted before; it was told on another way or is over; nobody
 * says why.
 */
export const UNREACHED = [
  'stopped',
  'unreachable',
  'closed',
  'retry',
  'rejected',
  'misconfigured',
  'halted',
  'over',
  'unknown',
] as const;

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
    /** The redemption whose code it tells. */
    redemptionId: integer('redemption_id'),
    /** The public place, in the channel's own words, sealed; null for a private message. */
    place: text(),
    /** The conversation that the place belongs to, where only a few answers are given; its HMAC. */
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
    /** Why it did not reach its recipient, once that is final; null while it may. */
    reason: text({ enum: UNREACHED }),
    createdAt: integer('created_at').notNull(),
    sentAt: integer('sent_at'),
    /** When whoever waits to hear of it was told that it did not arrive (ms). */
    reportedAt: integer('reported_at'),
  },
  (table) => [
    index('outbox_due')
      .on(table.channel, table.notBefore, table.id)
      .where(sql`${table.state} = 'pending'`),
    // The public place, which has no identity, is a recipient like any other. Not ifnull: the maker
    // of migrations stumbles over a comma.
    index('outbox_of_recipient')
      .on(
        table.channel,
        table.bulk,
        sql`(case when ${table.identityId} is null then 0 else ${table.identityId} end)`,
        table.id,
      )
      .where(sql`${table.state} = 'pending'`),
    index('outbox_in_public')
      .on(table.identityId, table.createdAt)
      .where(sql`${table.place} is not null`),
    uniqueIndex('outbox_broadcast_once')
      .on(table.broadcastId, table.identityId)
      .where(sql`${table.broadcastId} is not null`),
    index('outbox_alerts')
      .on(table.identityId, table.createdAt)
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
    // Without it a message that is removed would be looked for in every row.
    index('outbox_answers').on(table.inboxId).where(sql`${table.inboxId} is not null`),
    index('outbox_code').on(table.redemptionId).where(sql`${table.redemptionId} is not null`),
    index('outbox_about')
      .on(table.taskId, table.identityId, table.id)
      .where(sql`${table.kind} = 'notice' and ${table.taskId} is not null`),
    index('outbox_unreported')
      .on(table.id)
      .where(sql`${table.kind} = 'notice' and ${table.taskId} is not null
        and ${table.state} in ('failed', 'dead') and ${table.reportedAt} is null`),
  ],
);

/** What texts cost whose rows are removed, by month and kind. */
export const smsMonths = sqliteTable(
  'sms_months',
  {
    /** `2026-11`, in UTC. */
    month: text().notNull(),
    /** `in`, or the reason why a text went out. */
    kind: text().notNull(),
    messages: integer().notNull(),
    segments: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.month, table.kind] })],
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
    /** How many of those who got it said STOP within two days. */
    stopped: integer().notNull().default(0),
    createdAt: integer('created_at').notNull(),
    endedAt: integer('ended_at'),
    /** Whether it was halted because its task ended, by an admin, or because too many said STOP. */
    haltedFor: text('halted_for', { enum: ['task', 'admin', 'stops'] }),
    /** When its organizer was told whom it reached (ms). */
    reportedAt: integer('reported_at'),
  },
  (table) => [
    index('broadcasts_running').on(table.id).where(sql`${table.state} = 'running'`),
    index('broadcasts_task').on(table.taskId),
    index('broadcasts_unreported')
      .on(table.id)
      .where(sql`${table.state} <> 'running' and ${table.reportedAt} is null`),
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
 * The value of a short token, sealed, where a channel has little room: a button, a deep link.
 * Deliveries are here, too, until it is known whether they arrived.
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
