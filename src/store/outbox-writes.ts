import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { delayed } from './delayed.ts';
import { identitiesReads } from './identities.ts';
import { memoryIn } from './memory.ts';
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
import { all, changes, given, isAmong, list, p, run } from './statements.ts';
import type { Takers } from './takers.ts';

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

/** A write that makes nothing due: no lane has to look for it. */
const quietly =
  <Args extends unknown[]>(db: Database, write: (...args: Args) => void) =>
  (...args: Args): void => {
    write(...args);
    memoryIn(db).discount('outbox');
  };

/** Messages on their way out, written. */
export function outboxWrites(db: Database, takers: Takers) {
  return {
    ...leaseWrites(db),
    ...outcomeWrites(db),
    /** Adds a row. A lane that has room for it is handed it when the transaction is on disk. */
    add: delayed(memoryIn(db), 'outbox', addAll(db, takers)),
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

/**
 * Adds rows. Those that can be sent at once are leased to the lane that has room for them, unless
 * something else is on its way to their recipient: then they wait behind it.
 */
function addAll(db: Database, takers: Takers) {
  const memory = memoryIn(db);
  const { get: identity } = identitiesReads(db);
  const insertAll = all(
    db
      .insert(outbox)
      // In the order of the columns; ids are given in the order of the rows.
      .select(
        sql`select null, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
          value ->> 6, value ->> 7, value ->> 8, value ->> 9, value ->> 10,
          case when value ->> 13 is not null and not exists (select 1 from ${outbox} as other
            where other.identity_id = value ->> 1 and other.state in ('pending', 'leased'))
            then 'leased' else 'pending' end,
          0, value ->> 11, value ->> 13, null, null, null, null, value ->> 12, null, null
        from json_each(${given('rows')}) order by key`,
      )
      .returning({ id: outbox.id, state: outbox.state }),
    (rows: readonly (readonly unknown[])[]) => ({ rows: JSON.stringify(rows) }),
  );
  return (added: readonly NewDelivery[]): void => {
    const rows = added.map((delivery) => ({
      ...NOTHING_MORE,
      redemptionId: delivery.body?.redemption ?? null,
      ...delivery,
    }));
    const leases = takers.leasesFor(rows);
    const stored = insertAll(
      rows.map((row, at) => [
        ...[row.channel, row.identityId, row.inboxId, row.kind, row.bulk, row.taskId],
        ...[row.broadcastId, row.redemptionId, row.place, row.thread],
        ...[row.body === null ? null : JSON.stringify(row.body), row.notBefore, row.createdAt],
        leases[at] ?? null,
      ]),
    ).toSorted((one, other) => one.id - other.id);
    const leased = rows.flatMap(({ notBefore: _notBefore, redemptionId: _code, ...row }, at) => {
      const { id, state } = stored[at] ?? {};
      if (id === undefined || state !== 'leased' || row.body === null) return [];
      const to = row.identityId === null ? undefined : identity(row.identityId);
      const { keyId = null, ciphertext = null } = to ?? {};
      return [{ ...row, body: row.body, id, attempts: 0, keyId, ciphertext }];
    });
    // Nobody has to look for what is handed over.
    if (leased.length === rows.length) memory.discount('outbox');
    takers.lease(leased);
  };
}

/** Rows are taken for sending, and given back. */
function leaseWrites(db: Database) {
  return {
    /** Takes rows for sending until `leaseUntil` (ms); a crash gives them back after it. */
    lease: quietly(
      db,
      run(
        db
          .update(outbox)
          .set({ ...changes('leaseUntil'), state: 'leased' })
          .where(and(isAmong(outbox.id, 'ids'), isPending)),
        (ids: readonly number[], leaseUntil: number) => ({ ids: JSON.stringify(ids), leaseUntil }),
      ),
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
    markSent: quietly(
      db,
      run(
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
