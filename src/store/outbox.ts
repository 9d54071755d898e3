import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, outbox } from './schema/index.ts';

const p = sql.placeholder;
export type OutboxRow = typeof outbox.$inferSelect;
export type DeliveryState = OutboxRow['state'];

/** Messages on their way out, read. */
export function outboxReads(db: Database) {
  // A row is due when nothing earlier to the same recipient is under way, backing off or due.
  // What waits for its hour (quiet hours, never tried) holds nobody up.
  const due = db
    .select({
      id: outbox.id,
      channel: outbox.channel,
      kind: outbox.kind,
      taskId: outbox.taskId,
      inboxId: outbox.inboxId,
      body: outbox.body,
      attempts: outbox.attempts,
      createdAt: outbox.createdAt,
      identityId: outbox.identityId,
      keyId: identities.keyId,
      ciphertext: identities.ciphertext,
    })
    .from(outbox)
    .leftJoin(identities, eq(identities.id, outbox.identityId))
    .where(
      and(
        sql`${outbox.state} = 'pending'`,
        sql`${outbox.notBefore} <= ${p('now')}`,
        sql`not exists (select 1 from ${outbox} as earlier
          where earlier.channel = ${outbox.channel}
            and earlier.identity_id is ${outbox.identityId}
            and earlier.id < ${outbox.id}
            and earlier.state in ('pending', 'leased')
            and (earlier.state = 'leased' or earlier.attempts > 0 or earlier.not_before <= ${p('now')}))`,
      ),
    )
    .orderBy(outbox.notBefore, outbox.id)
    .limit(p('limit'))
    .prepare();
  const next = db
    .select({ at: sql<number | null>`min(${outbox.notBefore})` })
    .from(outbox)
    .where(sql`${outbox.state} = 'pending'`)
    .prepare();
  const backlog = db
    .select({
      channel: outbox.channel,
      count: sql<number>`count(*)`,
      oldest: sql<number>`min(${outbox.createdAt})`,
    })
    .from(outbox)
    .where(sql`${outbox.state} in ('pending', 'leased')`)
    .groupBy(outbox.channel)
    .prepare();
  const dead = db
    .select({ count: sql<number>`count(*)` })
    .from(outbox)
    .where(sql`${outbox.state} = 'dead'`)
    .prepare();
  const byProviderId = db
    .select({ id: outbox.id, state: outbox.state })
    .from(outbox)
    .where(and(eq(outbox.channel, p('channel')), eq(outbox.providerId, p('providerId'))))
    .prepare();
  return {
    /** What may be sent at `now` (ms): at most one row for each recipient. */
    dueDeliveries: (now: number, limit: number) => due.all({ now, limit }),
    /** When the next row may be sent (ms). */
    nextDeliveryAt: (): number | null => next.get()?.at ?? null,
    outboxBacklog: () => backlog.all(),
    deadLetters: (): number => dead.get()?.count ?? 0,
    deliveryByProviderId: (channel: string, providerId: string) =>
      byProviderId.get({ channel, providerId }),
  };
}

export type DueDelivery = ReturnType<ReturnType<typeof outboxReads>['dueDeliveries']>[number];

/** Messages on their way out, written. */
export function outboxWrites(db: Database) {
  const add = db
    .insert(outbox)
    .values({
      channel: p('channel'),
      identityId: p('identityId'),
      inboxId: p('inboxId'),
      kind: p('kind'),
      taskId: p('taskId'),
      body: p('body'),
      state: 'pending',
      notBefore: p('notBefore'),
      createdAt: p('createdAt'),
    })
    .prepare();
  // One parameter for any number of rows: a Durable Object binds at most 100 a statement.
  const lease = db
    .update(outbox)
    .set({ state: 'leased', leaseUntil: sql`${p('leaseUntil')}` })
    .where(
      sql`${outbox.id} in (select value from json_each(${p('ids')})) and ${outbox.state} = 'pending'`,
    )
    .prepare();
  const sent = db
    .update(outbox)
    .set({
      state: 'sent',
      body: null,
      providerId: sql`${p('providerId')}`,
      sentAt: sql`${p('at')}`,
      attempts: sql`${outbox.attempts} + 1`,
      leaseUntil: null,
    })
    .where(eq(outbox.id, p('id')))
    .prepare();
  const failed = db
    .update(outbox)
    .set({
      state: sql`${p('state')}`,
      notBefore: sql`${p('notBefore')}`,
      error: sql`${p('error')}`,
      attempts: sql`${outbox.attempts} + 1`,
      leaseUntil: null,
    })
    .where(eq(outbox.id, p('id')))
    .prepare();
  const setState = db
    .update(outbox)
    .set({ state: sql`${p('state')}` })
    .where(eq(outbox.id, p('id')))
    .prepare();
  const expireLeases = db
    .update(outbox)
    .set({ state: 'pending', leaseUntil: null })
    .where(and(sql`${outbox.state} = 'leased'`, sql`${outbox.leaseUntil} <= ${p('now')}`))
    .returning({ id: outbox.id })
    .prepare();
  const silence = db
    .update(outbox)
    .set({ state: 'dead', body: null, error: 'stopped' })
    .where(and(eq(outbox.identityId, p('identityId')), sql`${outbox.state} = 'pending'`))
    .prepare();
  return {
    addDelivery: (
      row: Pick<
        OutboxRow,
        | 'channel'
        | 'identityId'
        | 'inboxId'
        | 'kind'
        | 'taskId'
        | 'body'
        | 'notBefore'
        | 'createdAt'
      >,
    ) => add.run(row),
    /** Takes rows for sending until `leaseUntil` (ms); a crash gives them back after it. */
    leaseDeliveries: (ids: readonly number[], leaseUntil: number) => {
      lease.run({ ids: JSON.stringify(ids), leaseUntil });
    },
    /** Sent: the body is emptied, since nothing needs it any more. */
    deliverySent: (id: number, providerId: string | null, at: number) =>
      sent.run({ id, providerId, at }),
    /** To be tried again at `notBefore` (ms), or failed or dead for good. */
    deliveryFailed: (
      id: number,
      state: 'pending' | 'failed' | 'dead',
      notBefore: number,
      error: string,
    ) => failed.run({ id, state, notBefore, error }),
    setDeliveryState: (id: number, state: DeliveryState) => setState.run({ id, state }),
    /** Gives back what a relay took and did not finish; the number of rows. */
    expireLeases: (now: number): number => expireLeases.all({ now }).length,
    /** Drops what has not been sent to an identity that said STOP. */
    silence: (identityId: number) => silence.run({ identityId }),
  };
}
