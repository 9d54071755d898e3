import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, outbox } from './schema/index.ts';
import { all, COUNT, count, exists, get, given, p, row, value } from './statements.ts';

export type OutboxRow = typeof outbox.$inferSelect;
export type DeliveryState = OutboxRow['state'];

export const isThis = eq(outbox.id, given('id'));
export const isOnChannel = eq(outbox.channel, given('channel'));
// Each condition on the state is in the words of a partial index: else SQLite would not use it.
export const isPending = sql`${outbox.state} = 'pending'`;
export const isLeased = sql`${outbox.state} = 'leased'`;
export const isUnsent = sql`${outbox.state} in ('pending', 'leased')`;
const isBulkPending = and(isOnChannel, isPending, sql`${outbox.bulk} = 1`);

// A recipient with a row under way, or backing off, gets no other; a row that waits for its hour
// (never tried, in quiet hours) holds up none. Each recipient gets only a few, so that many to one
// leave room for the others.
const firstOfEach = sql`select id from (
    select one.id, row_number() over (partition by one.identity_id order by one.id) as place
    from ${outbox} as one
    where one.channel = ${given('channel')} and one.bulk = ${given('bulk')}
      and one.state = 'pending' and one.not_before <= ${given('now')}
      and not exists (select 1 from ${outbox} as other
        where other.channel = one.channel and other.identity_id is one.identity_id
          and other.state = 'leased')
      and not exists (select 1 from ${outbox} as other
        where other.channel = one.channel and other.identity_id is one.identity_id
          and other.state = 'pending' and other.attempts > 0
          and other.id < one.id and other.not_before > ${given('now')}))
  where place <= ${given('each')} order by id limit ${p('limit')}`;

/** The rows of a channel that are sent next. */
function dueReads(db: Database) {
  const due = all(
    db
      .select({
        id: outbox.id,
        channel: outbox.channel,
        kind: outbox.kind,
        bulk: outbox.bulk,
        taskId: outbox.taskId,
        inboxId: outbox.inboxId,
        // A delivery that waits has its body.
        body: sql`${outbox.body}`.mapWith(outbox.body),
        place: outbox.place,
        thread: outbox.thread,
        attempts: outbox.attempts,
        createdAt: outbox.createdAt,
        identityId: outbox.identityId,
        keyId: identities.keyId,
        ciphertext: identities.ciphertext,
      })
      .from(outbox)
      .leftJoin(identities, eq(identities.id, outbox.identityId))
      .where(sql`${outbox.id} in (${firstOfEach})`)
      .orderBy(outbox.id),
    (asked: DueAsked, bulk: 0 | 1, limit: number) => ({ ...asked, bulk, limit }),
  );
  const isBulkWaiting = exists(
    db.select({ id: outbox.id }).from(outbox).where(isBulkPending).limit(1),
    (channel: string) => ({ channel }),
  );
  return {
    /**
     * The rows that a channel may send at `now` (ms), at most `each` for one recipient: those that
     * somebody waits for come before bulk, and each kind is in order.
     */
    due: (asked: DueAsked, limit: number) => {
      const urgent = due(asked, 0, limit);
      if (urgent.length >= limit || !isBulkWaiting(asked.channel)) return urgent;
      return [...urgent, ...due(asked, 1, limit - urgent.length)];
    },
    /** When the next row after `now` may be sent on a channel (ms). */
    nextAt: value(
      db
        .select({ value: sql<number | null>`min(${outbox.notBefore})` })
        .from(outbox)
        .where(and(isOnChannel, isPending, sql`${outbox.notBefore} > ${given('now')}`)),
      (channel: string, now: number) => ({ channel, now }),
    ),
    /** False once its recipient said STOP. */
    isStillWanted: exists(
      db
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(isThis, sql`${outbox.body} is not null`)),
      (id: number) => ({ id }),
    ),
  };
}

type DueAsked = { readonly channel: string; readonly now: number; readonly each: number };

/** Messages on their way out, read. */
export function outboxReads(db: Database) {
  return {
    ...dueReads(db),
    /** How many answers somebody was given in public after `since` (ms), and how many in a thread. */
    publicAnswers: row(
      db
        .select({
          count: COUNT.value,
          inThread: sql<number>`coalesce(sum(${outbox.thread} is ${p('thread')}), 0)`,
        })
        .from(outbox)
        .where(
          and(
            eq(outbox.identityId, given('identityId')),
            sql`${outbox.place} is not null`,
            sql`${outbox.createdAt} > ${given('since')}`,
          ),
        ),
      (identityId: number, thread: string | null, since: number) => ({ identityId, thread, since }),
    ),
    /** How many bulk rows wait on a channel. */
    bulkWaiting: count(db.select(COUNT).from(outbox).where(isBulkPending), (channel: string) => ({
      channel,
    })),
    backlog: all(
      db
        .select({
          channel: outbox.channel,
          count: COUNT.value,
          oldest: sql<number>`min(${outbox.createdAt})`,
        })
        .from(outbox)
        .where(isUnsent)
        .groupBy(outbox.channel),
    ),
    deadLetters: count(db.select(COUNT).from(outbox).where(sql`${outbox.state} = 'dead'`)),
    byProviderId: get(
      db
        .select({ id: outbox.id, state: outbox.state, identityId: outbox.identityId })
        .from(outbox)
        .where(and(isOnChannel, eq(outbox.providerId, given('providerId')))),
      (channel: string, providerId: string) => ({ channel, providerId }),
    ),
  };
}

export type DueDelivery = ReturnType<ReturnType<typeof outboxReads>['due']>[number];
