import { and, desc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { drop } from './outbox-writes.ts';
import { broadcasts, identities, outbox, persons } from './schema/index.ts';
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
} from './statements.ts';

export type Broadcast = typeof broadcasts.$inferSelect;

/** How far a broadcast has come. */
export type BroadcastProgress = {
  readonly task: number;
  /** How many people it was for when it began. */
  readonly total: number;
  /** How many messages were put in the outbox, and how many of those went out. */
  readonly queued: number;
  readonly sent: number;
  /** How many of those who got it said STOP. */
  readonly stopped: number;
  readonly state: Broadcast['state'];
};

// In the words of the partial index: else SQLite would not use it.
const isRunning = sql`${broadcasts.state} = 'running'`;
const isUnsent = sql`${outbox.state} in ('pending', 'leased')`;
// The plus makes SQLite use the small indexes of unsent and dead rows: a broadcast's own rows are as
// many as the people.
const isOfBroadcast = sql`+${outbox.broadcastId} = ${given('broadcastId')}`;

/** An address that asked by then to be told of such tasks, did not opt out and can be reached. */
const isTold = (table: string) => {
  const one = sql.raw(table);
  return sql`${one}.alerts_at is not null and ${one}.alerts_at <= ${given('since')}
    and (${one}.alerts_filter is null
      or ${one}.alerts_filter in (select value from json_each(${given('filters')})))
    and ${one}.stopped_at is null and ${one}.unreachable_at is null`;
};

/** An address that got fewer alerts since then than a subscriber gets. */
const hasAlertRoom = sql`(select count(*) from ${outbox} as alert
    where alert.identity_id = ${identities.id} and alert.broadcast_id is not null
      and alert.created_at > ${given('alertsSince')} and alert.state <> 'dead')
  < ${given('alertsPerDay')}`;

type AlertRoom = {
  readonly alertsPerDay: number;
  readonly alertsSince: number;
  /** Those of `filters` that the task suits. */
  readonly filters: readonly string[];
};

type RecipientsAsked = AlertRoom & {
  /** One of `channels`, on which people are told at all. */
  readonly channel: string;
  readonly channels: readonly string[];
  readonly exceptPersonId: number;
  /** The identity after which to go on. */
  readonly after: number;
  readonly limit: number;
};

/** The people whom a broadcast is for. */
function recipientsReads(db: Database) {
  return {
    /** What people asked to be told of, each text once. */
    filters: list(
      db
        .selectDistinct({ value: sql<string>`${identities.alertsFilter}` })
        .from(identities)
        .where(sql`${identities.alertsFilter} is not null`),
    ),
    /**
     * How many people there are to tell, and how many of those may have one more alert. Nobody is told
     * of their own task.
     */
    subscribers: row(
      db
        .select({
          all: sql<number>`count(distinct ${identities.personId})`,
          told: sql<number>`count(distinct case when ${hasAlertRoom} then ${identities.personId} end)`,
        })
        .from(identities)
        .innerJoin(persons, eq(persons.id, identities.personId))
        .where(
          sql`${isTold('identities')} and ${persons.joinedAt} is not null
            and ${persons.id} <> ${given('exceptPersonId')}`,
        ),
      (exceptPersonId: number, now: number, room: AlertRoom) => ({
        ...room,
        filters: JSON.stringify(room.filters),
        exceptPersonId,
        since: now,
      }),
    ),
    /**
     * The people who are told next, in the order of their addresses, of those who had asked when the
     * broadcast began.
     */
    recipients: all(
      // Each person is told once, at the first of their addresses, unless another was told before. The
      // plus keeps SQLite from collecting and sorting the whole channel for each part.
      db
        .select({
          identityId: identities.id,
          channel: identities.channel,
          language: persons.language,
          optOutHintAt: identities.optOutHintAt,
        })
        .from(identities)
        .innerJoin(persons, eq(persons.id, identities.personId))
        .where(
          sql`${isTold('identities')} and ${identities.id} > ${given('after')}
        and +${identities.channel} = ${given('channel')}
        and ${persons.joinedAt} is not null and ${persons.id} <> ${given('exceptPersonId')}
        and ${hasAlertRoom}
        and not exists (select 1 from ${identities} as earlier
          where earlier.person_id = ${persons.id} and earlier.id < ${identities.id}
            and earlier.channel in (select value from json_each(${given('channels')}))
            and ${isTold('earlier')})
        and not exists (select 1 from ${identities} as own
          join ${outbox} as told on told.identity_id = own.id
            and told.broadcast_id = ${given('broadcastId')}
          where own.person_id = ${persons.id})`,
        )
        .orderBy(identities.id)
        .limit(p('limit')),
      (
        { id, createdAt }: Pick<Broadcast, 'id' | 'createdAt'>,
        { channels, filters, ...asked }: RecipientsAsked,
      ) => ({
        ...asked,
        filters: JSON.stringify(filters),
        channels: JSON.stringify(channels),
        broadcastId: id,
        since: createdAt,
      }),
    ),
  };
}

/** Whom broadcasts reached that have ended. */
function reportReads(db: Database) {
  return {
    /** Those whose organizers wait to hear whom they reached. */
    unreported: all(
      db
        .select()
        .from(broadcasts)
        .where(sql`${broadcasts.state} <> 'running' and ${broadcasts.reportedAt} is null`)
        .orderBy(broadcasts.id),
    ),
    /** Whether a receipt is still to come, on those of these channels that send them. */
    awaitsReceipt: exists(
      db
        .select({ id: outbox.id })
        .from(outbox)
        .where(
          and(
            eq(outbox.broadcastId, given('broadcastId')),
            sql`${outbox.state} = 'sent'`,
            isAmong(outbox.channel, 'channels'),
          ),
        )
        .limit(1),
      (broadcastId: number, channels: readonly string[]) => ({
        broadcastId,
        channels: JSON.stringify(channels),
      }),
    ),
    /** How its messages stand, by channel and reason. */
    standings: all(
      db
        .select({
          channel: outbox.channel,
          state: outbox.state,
          reason: outbox.reason,
          count: COUNT.value,
        })
        .from(outbox)
        .where(eq(outbox.broadcastId, given('broadcastId')))
        .groupBy(outbox.channel, outbox.state, outbox.reason),
      (broadcastId: number) => ({ broadcastId }),
    ),
    /** How many broadcasts were halted because too many said STOP. */
    braked: count(db.select(COUNT).from(broadcasts).where(sql`${broadcasts.haltedFor} = 'stops'`)),
  };
}

/** Announcements to everybody who asked for them, read. */
export function broadcastsReads(db: Database) {
  const running = all(db.select().from(broadcasts).where(isRunning).orderBy(broadcasts.id));
  const newest = all(db.select().from(broadcasts).orderBy(desc(broadcasts.id)).limit(1));
  const unsentOf = count(
    db.select(COUNT).from(outbox).where(and(isUnsent, isOfBroadcast)),
    (broadcastId: number) => ({ broadcastId }),
  );
  const deadOf = count(
    db
      .select(COUNT)
      .from(outbox)
      .where(and(sql`${outbox.state} = 'dead'`, isOfBroadcast)),
    (broadcastId: number) => ({ broadcastId }),
  );
  const sentOf = ({ id, queued }: Broadcast): number => queued - unsentOf(id) - deadOf(id);
  return {
    running,
    /** The newest broadcast of a task. */
    of: get(
      db
        .select()
        .from(broadcasts)
        .where(eq(broadcasts.taskId, given('taskId')))
        .orderBy(desc(broadcasts.id))
        .limit(1),
      (taskId: number) => ({ taskId }),
    ),
    /** How many messages of a broadcast wait in the outbox or are under way. */
    unsentOf,
    /** How many of its messages went out. */
    sentOf,
    ...recipientsReads(db),
    ...reportReads(db),
    /** The broadcasts that run, or else the newest. */
    progress: (): BroadcastProgress[] => {
      const underWay = running();
      return (underWay.length > 0 ? underWay : newest()).map((one) => ({
        task: one.taskId,
        total: one.total,
        queued: one.queued,
        sent: sentOf(one),
        stopped: one.stopped,
        state: one.state,
      }));
    },
  };
}

/** Announcements to everybody who asked for them, written. */
export function broadcastsWrites(db: Database) {
  return {
    add: run(
      db
        .insert(broadcasts)
        .values({ ...placeholders('taskId', 'total', 'createdAt'), state: 'running' }),
      (broadcast: Pick<Broadcast, 'taskId' | 'total' | 'createdAt'>) => broadcast,
    ),
    /** Remembers that everybody up to this identity was seen to, with `added` messages. */
    advance: run(
      db
        .update(broadcasts)
        .set({ ...changes('lastIdentityId'), queued: sql`${broadcasts.queued} + ${p('added')}` })
        .where(eq(broadcasts.id, given('id'))),
      (id: number, lastIdentityId: number, added: number) => ({ id, lastIdentityId, added }),
    ),
    /** Ends it: all of it was handed over, or it is halted. */
    end: run(
      db
        .update(broadcasts)
        .set({ ...changes('state', 'haltedFor'), endedAt: sql`${p('at')}` })
        .where(and(eq(broadcasts.id, given('id')), isRunning)),
      (id: number, at: number, haltedFor: Broadcast['haltedFor'] = null) => ({
        ...{ id, at, haltedFor },
        state: haltedFor === null ? 'done' : 'halted',
      }),
    ),
    /** Drops what has not been sent of a broadcast; what is under way now is not tried again. */
    drop: run(drop(db, 'halted', isOfBroadcast), (broadcastId: number) => ({ broadcastId })),
    /**
     * Counts that an address said STOP, for the newest broadcast since `since` (ms) that it got, and
     * answers that one.
     */
    countStop: get(
      db
        .update(broadcasts)
        .set({ stopped: sql`${broadcasts.stopped} + 1` })
        .where(
          sql`${broadcasts.id} = (select max(newer.id) from ${broadcasts} as newer
            where newer.created_at >= ${given('since')}
              and exists (select 1 from ${outbox} where ${outbox.broadcastId} = newer.id
                and ${outbox.identityId} = ${given('identityId')}
                and ${outbox.sentAt} is not null))`,
        )
        .returning(),
      (identityId: number, since: number) => ({ identityId, since }),
    ),
    /** Remembers that its organizer was told whom it reached (ms). */
    setReported: run(
      db
        .update(broadcasts)
        .set(changes('reportedAt'))
        .where(eq(broadcasts.id, given('id'))),
      (id: number, reportedAt: number) => ({ id, reportedAt }),
    ),
    /** Sends what waits of a broadcast at `until` (ms) or later. */
    putOff: run(
      db
        .update(outbox)
        .set({ notBefore: sql`${p('until')}` })
        .where(
          and(
            sql`${outbox.state} = 'pending'`,
            isOfBroadcast,
            sql`${outbox.notBefore} < ${given('until')}`,
          ),
        ),
      (broadcastId: number, until: number) => ({ broadcastId, until }),
    ),
  };
}
