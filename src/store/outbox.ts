import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, outbox } from './schema/index.ts';
import { sentWrites } from './sent.ts';
import {
  all,
  COUNT,
  changes,
  count,
  exists,
  get,
  given,
  isAmong,
  list,
  p,
  placeholders,
  row,
  run,
  value,
} from './statements.ts';

export type OutboxRow = typeof outbox.$inferSelect;
export type DeliveryState = OutboxRow['state'];

const isThis = eq(outbox.id, given('id'));
const isOnChannel = eq(outbox.channel, given('channel'));
// Each condition on the state is in the words of a partial index: else SQLite would not use it.
const isPending = sql`${outbox.state} = 'pending'`;
const isLeased = sql`${outbox.state} = 'leased'`;
const isUnsent = sql`${outbox.state} in ('pending', 'leased')`;
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

const NOTHING_MORE = {
  identityId: null,
  inboxId: null,
  taskId: null,
  bulk: 0,
  broadcastId: null,
  place: null,
  thread: null,
} as const;

/** A new row: all but the channel, the kind, the body and its times may be left out. */
type NewDelivery = Pick<OutboxRow, 'channel' | 'kind' | 'body' | 'notBefore' | 'createdAt'> &
  Partial<Pick<OutboxRow, keyof typeof NOTHING_MORE>>;

// A row without a body was silenced while it was under way: it is not tried again.
const deadOr = (state: ReturnType<typeof sql>) =>
  sql`case when ${outbox.body} is null then 'dead' else ${state} end`;

/** Messages on their way out, written. */
export function outboxWrites(db: Database) {
  return {
    ...leaseWrites(db),
    ...outcomeWrites(db),
    add: run(
      db.insert(outbox).values({
        ...placeholders('channel', 'identityId', 'inboxId', 'kind', 'bulk', 'taskId'),
        ...placeholders('broadcastId', 'place', 'thread', 'body', 'notBefore', 'createdAt'),
        state: 'pending',
      }),
      (delivery: NewDelivery) => ({ ...NOTHING_MORE, ...delivery }),
    ),
    /**
     * Drops what has not been sent to an identity. Rows under way and rows that were sent are not
     * tried again.
     */
    silence: silence(db),
  };
}

/** Rows are taken for sending, and given back. */
function leaseWrites(db: Database) {
  return {
    /** Takes rows for sending until `leaseUntil` (ms); a crash gives them back after it. */
    lease: run(
      db
        .update(outbox)
        .set({ ...changes('leaseUntil'), state: 'leased' })
        .where(and(isAmong(outbox.id, 'ids'), isPending)),
      (ids: readonly number[], leaseUntil: number) => ({ ids: JSON.stringify(ids), leaseUntil }),
    ),
    /** Gives back rows that were taken and not tried. */
    release: run(
      db
        .update(outbox)
        .set({ state: deadOr(sql`'pending'`), leaseUntil: null })
        .where(and(isAmong(outbox.id, 'ids'), isLeased)),
      (ids: readonly number[]) => ({ ids: JSON.stringify(ids) }),
    ),
    /**
     * Gives back rows of a channel whose lease is over at `now` (ms), and answers their ids. It counts
     * as an attempt, since the message may have arrived.
     */
    expireLeases: list(
      db
        .update(outbox)
        .set({
          state: deadOr(sql`'pending'`),
          attempts: sql`${outbox.attempts} + 1`,
          leaseUntil: null,
        })
        .where(and(isOnChannel, isLeased, sql`${outbox.leaseUntil} <= ${given('now')}`))
        .returning({ value: outbox.id }),
      (channel: string, now: number) => ({ channel, now }),
    ),
  };
}

type SentReport = {
  readonly id: number;
  readonly providerId: string | null;
  readonly segments: number | null;
};

type Failure = {
  readonly state: 'pending' | 'dead';
  /** It is not tried again before this time (ms). */
  readonly notBefore: number;
  readonly error: string;
  readonly isTried: boolean;
};

/** Rows under way were sent, or not. */
function outcomeWrites(db: Database) {
  return {
    /** Rows under way were sent: their bodies are emptied, since nothing needs them any more. */
    markSent: run(
      // Many at once: hundreds of rows are sent together, and each statement has its price.
      db
        .update(outbox)
        .set({
          ...changes('sentAt'),
          state: 'sent',
          body: null,
          providerId: sql`report.value ->> 1`,
          segments: sql`report.value ->> 2`,
          attempts: sql`${outbox.attempts} + 1`,
          leaseUntil: null,
        })
        .from(sql`json_each(${given('reports')}) as report`)
        .where(and(sql`${outbox.id} = report.value ->> 0`, isLeased)),
      (reports: readonly SentReport[], sentAt: number) => ({
        reports: JSON.stringify(
          reports.map(({ id, providerId, segments }) => [id, providerId, segments]),
        ),
        sentAt,
      }),
    ),
    /** A row under way was not sent. It counts as an attempt unless it was not even tried. */
    markFailed: run(
      db
        .update(outbox)
        .set({
          ...changes('notBefore', 'error'),
          state: deadOr(sql`${p('state')}`),
          attempts: sql`${outbox.attempts} + ${p('tried')}`,
          leaseUntil: null,
        })
        .where(and(isThis, isLeased)),
      (id: number, { isTried, ...failure }: Failure) => ({
        ...failure,
        id,
        tried: isTried ? 1 : 0,
      }),
    ),
    setState: run(
      db.update(outbox).set(changes('state')).where(isThis),
      (id: number, state: DeliveryState) => ({ id, state }),
    ),
  };
}

function silence(db: Database): (identityId: number) => void {
  const { forgetTo } = sentWrites(db);
  const drop = run(
    // A row under way stays so until its channel answers: a later message must not overtake it.
    db
      .update(outbox)
      .set({
        state: sql`case when ${outbox.state} = 'pending' then 'dead' else ${outbox.state} end`,
        body: null,
        error: 'stopped',
      })
      .where(and(eq(outbox.identityId, given('identityId')), isUnsent)),
    (identityId: number) => ({ identityId }),
  );
  return (identityId) => {
    drop(identityId);
    forgetTo(identityId);
  };
}
