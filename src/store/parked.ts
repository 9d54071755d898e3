/** Messages that were set aside and deliveries that were given up: what can be taken up again. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { broadcasts, identities, inbox, outbox, redemptions } from './schema/index.ts';
import { all, COUNT, count, exists, given, p, run, value } from './statements.ts';

// In the words of the partial indexes: else SQLite would not use them.
const isParked = sql`${inbox.state} = 'parked'`;
const isDead = sql`${outbox.state} = 'dead'`;
// Without its words it cannot be sent, and what is over must not be: a code, texts that were halted.
const isSendable = and(
  isDead,
  sql`${outbox.body} is not null`,
  sql`not exists (select 1 from ${redemptions}
    where ${redemptions}.id = ${outbox.redemptionId} and ${redemptions}.state <> 'held')`,
  sql`not exists (select 1 from ${broadcasts}
    where ${broadcasts}.id = ${outbox.broadcastId} and ${broadcasts}.state = 'halted')`,
);

/** They have no words of anybody: only whose they are (sealed), when and why. */
export function parkedReads(db: Database) {
  return {
    /** `at`: when it was sent (ms). */
    messages: all(
      db
        .select({
          id: inbox.id,
          channel: inbox.channel,
          keyId: identities.keyId,
          ciphertext: identities.ciphertext,
          at: sql<number>`coalesce(${inbox.sentAt}, ${inbox.receivedAt})`,
          error: inbox.error,
        })
        .from(inbox)
        .innerJoin(identities, eq(identities.id, inbox.identityId))
        .where(isParked)
        .orderBy(inbox.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    /** Without a recipient it is for the public place. `at`: when it was decided (ms). */
    deliveries: all(
      db
        .select({
          id: outbox.id,
          channel: outbox.channel,
          keyId: identities.keyId,
          ciphertext: identities.ciphertext,
          at: outbox.createdAt,
          error: outbox.reason,
        })
        .from(outbox)
        .leftJoin(identities, eq(identities.id, outbox.identityId))
        .where(isSendable)
        .orderBy(outbox.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    countMessages: count(db.select(COUNT).from(inbox).where(isParked)),
    countDeliveries: count(db.select(COUNT).from(outbox).where(isSendable)),
  };
}

/** They are taken up again, or let go. */
export function parkedWrites(db: Database) {
  const takeUp = value(
    db
      .update(inbox)
      .set({ state: 'received', attempts: 0, retryAt: 0, error: null, head: 0 })
      .where(and(eq(inbox.id, given('id')), isParked))
      .returning({ value: inbox.identityId }),
    (id: number) => ({ id }),
  );
  // It came before what waits of the same identity.
  const orderAnew = run(
    db
      .update(inbox)
      .set({
        head: sql`${inbox.id} = (select min(first.id) from ${inbox} as first
          where first.state = 'received' and first.identity_id = ${given('identityId')})`,
      })
      .where(and(sql`${inbox.state} = 'received'`, eq(inbox.identityId, given('identityId')))),
    (identityId: number) => ({ identityId }),
  );
  return {
    /** A message that was set aside waits again, before those that came after it. False without it. */
    takeUp: (id: number): boolean => {
      const identityId = takeUp(id);
      if (identityId !== undefined) orderAnew(identityId);
      return identityId !== undefined;
    },
    /** Nothing of a message that was set aside is kept but that it came. False without it. */
    letGo: exists(
      db
        .update(inbox)
        .set({ state: 'done', payload: null, processedAt: sql`${given('now')}` })
        .where(and(eq(inbox.id, given('id')), isParked))
        .returning({ id: inbox.id }),
      (id: number, now: number) => ({ id, now }),
    ),
    /** A delivery that was given up is sent again from `now` (ms) on. False without it. */
    sendAgain: exists(
      db
        .update(outbox)
        .set({
          state: 'pending',
          attempts: 0,
          notBefore: sql`${given('now')}`,
          error: null,
          reason: null,
          reportedAt: null,
        })
        .where(and(eq(outbox.id, given('id')), isSendable))
        .returning({ id: outbox.id }),
      (id: number, now: number) => ({ id, now }),
    ),
    /** A delivery that was given up is never sent: its words are removed. False without it. */
    dropDelivery: exists(
      db
        .update(outbox)
        .set({ body: null })
        .where(and(eq(outbox.id, given('id')), isDead, sql`${outbox.body} is not null`))
        .returning({ id: outbox.id }),
      (id: number) => ({ id }),
    ),
  };
}
