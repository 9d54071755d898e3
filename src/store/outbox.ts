import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { memoryIn } from './memory.ts';
import { identities, outbox } from './schema/index.ts';
import {
  all,
  COUNT,
  count,
  exists,
  get,
  given,
  isAmong,
  list,
  p,
  row,
  value,
} from './statements.ts';

export type OutboxRow = typeof outbox.$inferSelect;
export type DeliveryState = OutboxRow['state'];
/** Why a message did not reach its recipient. */
export type Unreached = NonNullable<OutboxRow['reason']>;

export const isThis = eq(outbox.id, given('id'));
export const isOnChannel = eq(outbox.channel, given('channel'));
// Each condition on the state is in the words of a partial index: else SQLite would not use it.
export const isPending = sql`${outbox.state} = 'pending'`;
export const isLeased = sql`${outbox.state} = 'leased'`;
export const isUnsent = sql`${outbox.state} in ('pending', 'leased')`;
const isBulkPending = and(isOnChannel, isPending, sql`${outbox.bulk} = 1`);
const isUrgentPending = and(isOnChannel, isPending, sql`${outbox.bulk} = 0`);

// In the words of the index: else SQLite would not use it.
const recipientIn = (table: string): SQL =>
  sql.raw(`(case when ${table}.identity_id is null then 0 else ${table}.identity_id end)`);

// The next recipient after one, of those for whom something waits. One look visits recipients, not
// rows: whatever waits for one of them costs no more than its first few.
const recipientAfter = (place: SQL): SQL => sql`(select min(${recipientIn('one')})
  from ${outbox} as one where one.channel = ${given('channel')} and one.bulk = ${given('bulk')}
    and one.state = 'pending' and ${recipientIn('one')} > ${place})`;

// A recipient with a row under way, or backing off, gets no other; a row that waits for its hour
// (never tried, in quiet hours) holds up none. The plus before the time keeps SQLite from reading
// all that is due on the channel once for each recipient.
const firstOfEach = sql`with recursive ring(recipient) as (
    select ${recipientAfter(given('after'))}
    union all
    select ${recipientAfter(sql`ring.recipient`)} from ring where ring.recipient < ${given('until')}
  )
  select one.id from ring cross join ${outbox} as one
    on one.id in (select own.id from ${outbox} as own
      where own.channel = ${given('channel')} and own.bulk = ${given('bulk')}
        and own.state = 'pending' and ${recipientIn('own')} = ring.recipient
        and +own.not_before <= ${given('now')}
      order by own.id limit ${p('each')})
  where ring.recipient <= ${given('until')}
    and not exists (select 1 from ${outbox} as other
      where other.channel = ${given('channel')} and other.identity_id is nullif(ring.recipient, 0)
        and other.state = 'leased')
    and not exists (select 1 from ${outbox} as other
      where other.channel = ${given('channel')} and other.identity_id is nullif(ring.recipient, 0)
        and other.state = 'pending' and other.attempts > 0
        and other.id < one.id and other.not_before > ${given('now')})
  limit ${p('limit')}`;

/** Before the first of all recipients, and after the last. */
const FIRST = -1;
const LAST = Number.MAX_SAFE_INTEGER;

/** The statement that finds the rows of a part of the ring. */
const dueIn = (db: Database) =>
  all(
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
      .orderBy(recipientIn('outbox'), outbox.id),
    (ring: Ring, limit: number) => ({ ...ring, limit }),
  );

/** The rows of a channel that are sent next. */
function dueReads(db: Database) {
  const due = dueIn(db);
  const isAny = (pending: SQL | undefined) =>
    sql<number>`exists (select 1 from ${outbox} where ${pending})`;
  // Most looks find nothing, and this costs a tenth of the ring.
  const waiting = row(
    db.select({ urgent: isAny(isUrgentPending), bulk: isAny(isBulkPending) }).from(sql`(select 1)`),
    (channel: string) => ({ channel }),
  );
  /** Recipients are visited in a ring that begins after the one who had the last turn. */
  const round = (asked: DueAsked, bulk: 0 | 1, limit: number): DueDelivery[] => {
    const { after, ...others } = asked;
    const from = after?.[bulk] ?? FIRST;
    const rows = due({ ...others, bulk, after: from, until: LAST }, limit);
    if (from === FIRST || rows.length >= limit) return inTurns(rows);
    const before = due({ ...others, bulk, after: FIRST, until: from }, limit - rows.length);
    return inTurns([...rows, ...before]);
  };
  return {
    /**
     * The rows that a channel may send at `now` (ms), at most `each` for one recipient: those that
     * somebody waits for come before bulk. Recipients take turns: the first row of each comes before
     * the second of any. `isAny` tells whether anything waits, for its time or behind another.
     */
    due: (asked: DueAsked, limit: number): { rows: DueDelivery[]; isAny: boolean } => {
      const there = waiting(asked.channel);
      const urgent = there.urgent === 1 ? round(asked, 0, limit) : [];
      const room = limit - urgent.length;
      const bulk = there.bulk === 1 && room > 0 ? round(asked, 1, room) : [];
      return { rows: [...urgent, ...bulk], isAny: there.urgent === 1 || there.bulk === 1 };
    },
    /** When the next row after `now` may be sent on a channel (ms). */
    nextAt: value(
      db
        .select({ value: sql<number | null>`min(${outbox.notBefore})` })
        .from(outbox)
        .where(and(isOnChannel, isPending, sql`${outbox.notBefore} > ${given('now')}`)),
      (channel: string, now: number) => ({ channel, now }),
    ),
    /** Those of these rows whose recipients have not said STOP since. */
    stillWanted: list(
      db
        .select({ value: outbox.id })
        .from(outbox)
        .where(and(isAmong(outbox.id, 'ids'), sql`${outbox.body} is not null`)),
      (ids: readonly number[]) => ({ ids: JSON.stringify(ids) }),
    ),
  };
}

/** A row on its way out, with the sealed address of its recipient. */
export type DueDelivery = ReturnType<ReturnType<typeof dueIn>>[number];

type DueAsked = {
  readonly channel: string;
  readonly now: number;
  readonly each: number;
  /** The recipient who had the last turn, of what somebody waits for and of bulk. */
  readonly after?: LastTurns;
};

/** Recipients as `recipientOf` names them, by the kind of row. */
export type LastTurns = Readonly<Partial<Record<0 | 1, number>>>;

type Ring = Omit<DueAsked, 'after'> & {
  readonly bulk: 0 | 1;
  readonly after: number;
  readonly until: number;
};

/** A recipient's place in the ring: 0 for the public place. */
export const recipientOf = ({ identityId }: Pick<OutboxRow, 'identityId'>): number =>
  identityId ?? 0;

/** Puts the first row of each recipient before the second of any, and so on. */
function inTurns<Row extends Pick<OutboxRow, 'identityId'>>(rows: readonly Row[]): Row[] {
  const turns: Row[][] = [];
  for (const own of Map.groupBy(rows, recipientOf).values()) {
    for (const [at, row] of own.entries()) {
      const turn = turns[at] ?? [];
      turn.push(row);
      turns[at] = turn;
    }
  }
  return turns.flat();
}

// In the words of the partial indexes: else SQLite would not use them.
const isAboutTask = sql`${outbox.kind} = 'notice' and ${outbox.taskId} is not null`;

/** Who heard what they had to hear about a task. */
function heardReads(db: Database) {
  return {
    /** Notices about tasks that did not arrive, of which nobody was told; `isTriedAgain` is 1 or 0. */
    unheard: all(
      db
        .select({
          id: outbox.id,
          taskId: outbox.taskId,
          reason: outbox.reason,
          // Named in full: within the parentheses a bare name would be that of the later one.
          isTriedAgain: sql<number>`exists (select 1 from ${outbox} as later
            where later.kind = 'notice' and later.task_id = outbox.task_id
              and later.identity_id = outbox.identity_id and later.id > outbox.id
              and later.state not in ('failed', 'dead'))`,
        })
        .from(outbox)
        .where(
          sql`${isAboutTask} and ${outbox.state} in ('failed', 'dead')
            and ${outbox.reportedAt} is null`,
        )
        .orderBy(outbox.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    /** How the notices about a task stand, by person, the newest last. */
    noticesAbout: all(
      db
        .select({ personId: identities.personId, state: outbox.state })
        .from(outbox)
        .innerJoin(identities, eq(identities.id, outbox.identityId))
        .where(and(isAboutTask, sql`${outbox.taskId} = ${given('taskId')}`))
        .orderBy(outbox.id),
      (taskId: number) => ({ taskId }),
    ),
  };
}

/** Messages on their way out, read. */
export function outboxReads(db: Database) {
  return {
    ...dueReads(db),
    /** How often something was written that a lane may have to look for; another number means look. */
    changes: (): number => memoryIn(db).writesOf('outbox'),
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
    /** Is something on its way to an address? */
    hasUnsentTo: exists(
      db
        .select({ id: outbox.id })
        .from(outbox)
        .where(and(eq(outbox.identityId, given('identityId')), isUnsent))
        .limit(1),
      (identityId: number) => ({ identityId }),
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
    ...heardReads(db),
    deadLetters: count(db.select(COUNT).from(outbox).where(sql`${outbox.state} = 'dead'`)),
    byProviderId: get(
      db
        .select({
          id: outbox.id,
          state: outbox.state,
          reason: outbox.reason,
          identityId: outbox.identityId,
          createdAt: outbox.createdAt,
        })
        .from(outbox)
        .where(and(isOnChannel, eq(outbox.providerId, given('providerId')))),
      (channel: string, providerId: string) => ({ channel, providerId }),
    ),
  };
}
