import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, inbox, persons, sessions } from './schema/index.ts';
import { all, changes, count, get, given, p, placeholders, run } from './statements.ts';

export type InboxRow = typeof inbox.$inferSelect;

/** Stored messages, read. */
export function inboxReads(db: Database) {
  const byExternalId = db
    .select({ id: inbox.id })
    .from(inbox)
    .where(and(eq(inbox.channel, given('channel')), eq(inbox.externalId, given('externalId'))))
    .prepare();
  const messages = () =>
    db
      .select({
        id: inbox.id,
        channel: inbox.channel,
        externalId: inbox.externalId,
        // A message that waits has its payload.
        payload: sql`${inbox.payload}`.mapWith(inbox.payload),
        place: inbox.place,
        postUri: inbox.postUri,
        postCid: inbox.postCid,
        attempts: inbox.attempts,
        retryAt: inbox.retryAt,
        receivedAt: inbox.receivedAt,
        identityId: inbox.identityId,
        stoppedAt: identities.stoppedAt,
        person: persons,
        session: sessions,
      })
      .from(inbox)
      .innerJoin(identities, eq(identities.id, inbox.identityId))
      .innerJoin(persons, eq(persons.id, identities.personId))
      .leftJoin(sessions, eq(sessions.identityId, inbox.identityId));
  const known = db
    .select({ externalId: inbox.externalId })
    .from(inbox)
    .where(
      and(
        eq(inbox.channel, given('channel')),
        sql`${inbox.externalId} in (select value from json_each(${given('ids')}))`,
      ),
    )
    .prepare();
  const backlog = db
    .select({ count: sql<number>`count(*)`, oldest: sql<number | null>`min(${inbox.receivedAt})` })
    .from(inbox)
    .where(sql`${inbox.state} = 'received'`)
    .prepare();
  return {
    idOf: (channel: string, externalId: string): number | undefined =>
      byExternalId.get({ channel, externalId })?.id,
    /** Where a message came from, and the public post that it is, if it is one. */
    origin: get(
      db
        .select({
          channel: inbox.channel,
          identityId: inbox.identityId,
          place: inbox.place,
          postUri: inbox.postUri,
          postCid: inbox.postCid,
        })
        .from(inbox)
        .where(eq(inbox.id, given('id'))),
      (id: number) => ({ id }),
    ),
    /** Which of these are stored. */
    known: (channel: string, externalIds: readonly string[]): string[] =>
      known.all({ channel, ids: JSON.stringify(externalIds) }).map((row) => row.externalId),
    /** The first message that waits of each identity, in order of arrival, with whom it is from. */
    waiting: all(
      messages()
        .where(
          and(
            sql`${inbox.state} = 'received'`,
            gt(inbox.id, given('after')),
            sql`not exists (select 1 from ${inbox} as earlier
          where earlier.state = 'received'
            and earlier.identity_id = ${inbox.identityId}
            and earlier.id < ${inbox.id})`,
          ),
        )
        .orderBy(inbox.id)
        .limit(p('limit')),
      (after: number, limit: number) => ({ after, limit }),
    ),
    /** What waits of an identity behind one of its messages, in order of arrival. */
    behind: all(
      messages()
        .where(
          and(
            sql`${inbox.state} = 'received'`,
            eq(inbox.identityId, given('identityId')),
            gt(inbox.id, given('after')),
          ),
        )
        .orderBy(inbox.id)
        .limit(p('limit')),
      (identityId: number, after: number, limit: number) => ({ identityId, after, limit }),
    ),
    backlog: () => backlog.get() ?? { count: 0, oldest: null },
    parked: count(
      db.select({ count: sql<number>`count(*)` }).from(inbox).where(sql`${inbox.state} = 'parked'`),
      () => ({}),
    ),
  };
}

export type WaitingMessage = ReturnType<ReturnType<typeof inboxReads>['waiting']>[number];

const NOTHING_MORE = { place: null, postUri: null, postCid: null, segments: null } as const;

/** Stored messages, written. */
export function inboxWrites(db: Database) {
  const add = db
    .insert(inbox)
    .values({
      ...placeholders(
        'channel',
        'externalId',
        'identityId',
        'payload',
        'place',
        'postUri',
        'postCid',
        'segments',
        'receivedAt',
      ),
      state: 'received',
    })
    .onConflictDoNothing()
    .returning({ id: inbox.id })
    .prepare();
  return {
    /** The new message's id; undefined when it is stored already. */
    add: (
      message: Pick<InboxRow, 'channel' | 'externalId' | 'identityId' | 'payload' | 'receivedAt'> &
        Partial<Pick<InboxRow, 'place' | 'postUri' | 'postCid' | 'segments'>>,
    ): number | undefined =>
      (add.get({ ...NOTHING_MORE, ...message }) as { id: number } | undefined)?.id,
    /** Done: the payload is emptied, since nothing needs it any more. */
    markDone: run(
      // One parameter for any number of rows: a Durable Object binds at most 100 a statement.
      db
        .update(inbox)
        .set({ state: 'done', payload: null, processedAt: sql`${p('at')}` })
        .where(sql`${inbox.id} in (select value from json_each(${given('ids')}))`),
      (ids: readonly number[], at: number) => ({ ids: JSON.stringify(ids), at }),
    ),
    /** Another try after `retryAt` (ms), or parked. */
    markFailed: run(
      db
        .update(inbox)
        .set({ ...changes('state', 'error', 'retryAt'), attempts: sql`${inbox.attempts} + 1` })
        .where(eq(inbox.id, given('id'))),
      (id: number, state: 'received' | 'parked', error: string, retryAt: number) => ({
        id,
        state,
        error,
        retryAt,
      }),
    ),
  };
}
