import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, outbox } from './schema/index.ts';
import { sentWrites } from './sent.ts';
import { all, changes, count, get, given, p, placeholders, run } from './statements.ts';

export type OutboxRow = typeof outbox.$inferSelect;
export type DeliveryState = OutboxRow['state'];

// Each condition on the state is in the words of a partial index: else SQLite would not use it.
const isPending = sql`${outbox.state} = 'pending'`;
const isLeased = sql`${outbox.state} = 'leased'`;
const isUnsent = sql`${outbox.state} in ('pending', 'leased')`;

/** Messages on their way out, read. */
export function outboxReads(db: Database) {
  // Who has something under way, or backing off, waits for it; what waits for its hour (quiet
  // hours, never tried) holds nobody up. Of each recipient the first few, so that a flood to one
  // leaves room for the others.
  const first = sql`select id from (
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
  const due = db
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
    .where(sql`${outbox.id} in (${first})`)
    .orderBy(outbox.id)
    .prepare();
  const next = db
    .select({ at: sql<number | null>`min(${outbox.notBefore})` })
    .from(outbox)
    .where(
      and(
        eq(outbox.channel, given('channel')),
        isPending,
        sql`${outbox.notBefore} > ${given('now')}`,
      ),
    )
    .prepare();
  const hasBulk = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.channel, given('channel')), isPending, sql`${outbox.bulk} = 1`))
    .limit(1)
    .prepare();
  const inPublic = db
    .select({
      count: sql<number>`count(*)`,
      inThread: sql<number>`coalesce(sum(${outbox.thread} is ${p('thread')}), 0)`,
    })
    .from(outbox)
    .where(
      and(
        eq(outbox.identityId, given('identityId')),
        sql`${outbox.place} is not null`,
        sql`${outbox.createdAt} > ${given('since')}`,
      ),
    )
    .prepare();
  const wanted = db
    .select({ id: outbox.id })
    .from(outbox)
    .where(and(eq(outbox.id, given('id')), sql`${outbox.body} is not null`))
    .prepare();
  return {
    /**
     * What a channel may send at `now` (ms), at most `each` rows for one recipient: what somebody
     * waits for first, and each kind in order.
     */
    due: (channel: string, now: number, each: number, limit: number) => {
      const urgent = due.all({ channel, bulk: 0, now, each, limit });
      if (urgent.length >= limit || hasBulk.get({ channel }) === undefined) return urgent;
      return [...urgent, ...due.all({ channel, bulk: 1, now, each, limit: limit - urgent.length })];
    },
    /** How many answers somebody was given in public after `since` (ms), and how many in a thread. */
    publicAnswers: (identityId: number, thread: string | null, since: number) =>
      inPublic.get({ identityId, thread, since }) ?? { count: 0, inThread: 0 },
    /** How much waits on a channel that nobody sits in front of. */
    bulkWaiting: count(
      db
        .select({ count: sql<number>`count(*)` })
        .from(outbox)
        .where(and(eq(outbox.channel, given('channel')), isPending, sql`${outbox.bulk} = 1`)),
      (channel: string) => ({ channel }),
    ),
    /** When the next row after `now` may be sent on a channel (ms). */
    nextAt: (channel: string, now: number): number | null => next.get({ channel, now })?.at ?? null,
    /** False once its recipient said STOP. */
    isStillWanted: (id: number): boolean => wanted.get({ id }) !== undefined,
    backlog: all(
      db
        .select({
          channel: outbox.channel,
          count: sql<number>`count(*)`,
          oldest: sql<number>`min(${outbox.createdAt})`,
        })
        .from(outbox)
        .where(isUnsent)
        .groupBy(outbox.channel),
      () => ({}),
    ),
    deadLetters: count(
      db.select({ count: sql<number>`count(*)` }).from(outbox).where(sql`${outbox.state} = 'dead'`),
      () => ({}),
    ),
    byProviderId: get(
      db
        .select({ id: outbox.id, state: outbox.state, identityId: outbox.identityId })
        .from(outbox)
        .where(
          and(eq(outbox.channel, given('channel')), eq(outbox.providerId, given('providerId'))),
        ),
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

/** Messages on their way out, written. */
export function outboxWrites(db: Database) {
  const expireLeases = db
    .update(outbox)
    .set({
      state: sql`case when ${outbox.body} is null then 'dead' else 'pending' end`,
      attempts: sql`${outbox.attempts} + 1`,
      leaseUntil: null,
    })
    .where(
      and(
        eq(outbox.channel, given('channel')),
        isLeased,
        sql`${outbox.leaseUntil} <= ${given('now')}`,
      ),
    )
    .returning({ id: outbox.id })
    .prepare();
  // A row under way stays so until its channel answers: what is said after it must not overtake it.
  const silence = db
    .update(outbox)
    .set({
      state: sql`case when ${outbox.state} = 'pending' then 'dead' else ${outbox.state} end`,
      body: null,
      error: 'stopped',
    })
    .where(and(eq(outbox.identityId, given('identityId')), isUnsent))
    .prepare();
  const { forgetTo: forgetSentTo, ...ofSent } = sentWrites(db);
  return {
    ...ofSent,
    /** What is left out is none: nothing but the channel, the kind, the text and its times is always there. */
    add: run(
      db.insert(outbox).values({
        ...placeholders(
          'channel',
          'identityId',
          'inboxId',
          'kind',
          'bulk',
          'taskId',
          'broadcastId',
          'place',
          'thread',
          'body',
          'notBefore',
          'createdAt',
        ),
        state: 'pending',
      }),
      (
        row: Pick<OutboxRow, 'channel' | 'kind' | 'body' | 'notBefore' | 'createdAt'> &
          Partial<
            Pick<
              OutboxRow,
              'identityId' | 'inboxId' | 'taskId' | 'bulk' | 'broadcastId' | 'place' | 'thread'
            >
          >,
      ) => ({ ...NOTHING_MORE, ...row }),
    ),
    /** Takes rows for sending until `leaseUntil` (ms); a crash gives them back after it. */
    lease: run(
      // One parameter for any number of rows: a Durable Object binds at most 100 a statement.
      db
        .update(outbox)
        .set({ ...changes('leaseUntil'), state: 'leased' })
        .where(
          sql`${outbox.id} in (select value from json_each(${given('ids')})) and ${outbox.state} = 'pending'`,
        ),
      (ids: readonly number[], leaseUntil: number) => ({ ids: JSON.stringify(ids), leaseUntil }),
    ),
    /** Gives back rows that were taken and not tried. */
    release: run(
      db
        .update(outbox)
        .set({
          state: sql`case when ${outbox.body} is null then 'dead' else 'pending' end`,
          leaseUntil: null,
        })
        .where(
          sql`${outbox.id} in (select value from json_each(${given('ids')})) and ${outbox.state} = 'leased'`,
        ),
      (ids: readonly number[]) => ({ ids: JSON.stringify(ids) }),
    ),
    /** Rows under way were sent: their bodies are emptied, since nothing needs them any more. */
    markSent: run(
      // Many at once: what was sent is known by the hundred, and each statement has its price.
      db
        .update(outbox)
        .set({
          state: 'sent',
          body: null,
          providerId: sql`report.value ->> 1`,
          segments: sql`report.value ->> 2`,
          sentAt: sql`${p('at')}`,
          attempts: sql`${outbox.attempts} + 1`,
          leaseUntil: null,
        })
        .from(sql`json_each(${given('reports')}) as report`)
        .where(and(sql`${outbox.id} = report.value ->> 0`, isLeased)),
      (
        reports: readonly {
          readonly id: number;
          readonly providerId: string | null;
          readonly segments: number | null;
        }[],
        at: number,
      ) => ({
        reports: JSON.stringify(
          reports.map(({ id, providerId, segments }) => [id, providerId, segments]),
        ),
        at,
      }),
    ),
    /**
     * A row under way was not sent: to be tried again at `notBefore` (ms), or dead for good. It
     * counts as an attempt unless it was not even `tried`.
     */
    markFailed: run(
      // A row without a body was silenced while it was under way: it is not tried again.
      db
        .update(outbox)
        .set({
          ...changes('notBefore', 'error'),
          state: sql`case when ${outbox.body} is null then 'dead' else ${p('state')} end`,
          attempts: sql`${outbox.attempts} + ${p('tried')}`,
          leaseUntil: null,
        })
        .where(and(eq(outbox.id, given('id')), sql`${outbox.state} = 'leased'`)),
      (
        id: number,
        state: 'pending' | 'dead',
        notBefore: number,
        error: string,
        tried: boolean,
      ) => ({ id, state, notBefore, error, tried: tried ? 1 : 0 }),
    ),
    setState: run(
      db
        .update(outbox)
        .set(changes('state'))
        .where(eq(outbox.id, given('id'))),
      (id: number, state: DeliveryState) => ({ id, state }),
    ),
    /**
     * Gives back what was taken for sending on a channel and not finished; the number of rows. It
     * counts as an attempt, for the message may have arrived.
     */
    expireLeases: (channel: string, now: number): number =>
      expireLeases.all({ channel, now }).length,
    /**
     * Drops what has not been sent to an identity; neither what is under way now nor what was sent
     * is tried again.
     */
    silence: (identityId: number) => {
      silence.run({ identityId });
      forgetSentTo(identityId);
    },
  };
}
