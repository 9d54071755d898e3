import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import {
  isLeased,
  isOnChannel,
  isPending,
  isThis,
  isUnsent,
  type OutboxRow,
  type Unreached,
} from './outbox.ts';
import { outbox } from './schema/index.ts';
import { sentWrites } from './sent.ts';
import { changes, given, isAmong, list, p, placeholders, run } from './statements.ts';

const NOTHING_MORE = {
  identityId: null,
  inboxId: null,
  taskId: null,
  bulk: 0,
  broadcastId: null,
  redemptionId: null,
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
        ...placeholders('broadcastId', 'redemptionId', 'place', 'thread', 'body', 'notBefore'),
        ...placeholders('createdAt'),
        state: 'pending',
      }),
      (delivery: NewDelivery) => ({
        ...NOTHING_MORE,
        redemptionId: delivery.body?.redemption ?? null,
        ...delivery,
      }),
    ),
    /**
     * Drops what has not been sent to an identity. Rows under way and rows that were sent are not
     * tried again.
     */
    silence: silence(db),
    /** Drops what has not been sent of a code: it is over, or is told on another way. */
    dropCode: run(
      drop(db, 'over', sql`${outbox.redemptionId} = ${given('redemptionId')}`),
      (redemptionId: number) => ({ redemptionId }),
    ),
    /** Remembers that somebody was told of messages that did not arrive (ms). */
    setReported: run(
      db.update(outbox).set(changes('reportedAt')).where(isAmong(outbox.id, 'ids')),
      (ids: readonly number[], reportedAt: number) => ({ ids: JSON.stringify(ids), reportedAt }),
    ),
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
  /** Where it is not tried again. */
  readonly reason: Unreached | null;
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
          reason: null,
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
          // A row that was silenced keeps its reason.
          reason: sql`coalesce(${outbox.reason}, ${p('reason')})`,
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
    /** Remembers what is known by now of a row that was sent. */
    setStanding: run(
      db.update(outbox).set(changes('state', 'reason')).where(isThis),
      (id: number, standing: Pick<OutboxRow, 'state' | 'reason'>) => ({ ...standing, id }),
    ),
  };
}

/** Drops unsent rows. */
export const drop = (db: Database, reason: Unreached | SQL, which: SQL | undefined) =>
  db
    .update(outbox)
    .set({
      // A row under way stays so until its channel answers: a later message must not overtake it.
      state: sql`case when ${outbox.state} = 'pending' then 'dead' else ${outbox.state} end`,
      body: null,
      error: 'dropped',
      reason,
    })
    .where(and(isUnsent, which));

function silence(db: Database): (identityId: number, reason: Unreached) => void {
  const { forgetTo } = sentWrites(db);
  const dropAll = run(
    drop(db, sql`${p('reason')}`, eq(outbox.identityId, given('identityId'))),
    (identityId: number, reason: Unreached) => ({ identityId, reason }),
  );
  return (identityId, reason) => {
    dropAll(identityId, reason);
    forgetTo(identityId);
  };
}
