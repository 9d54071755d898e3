import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, inbox, persons, sessions } from './schema/index.ts';
import {
  all,
  COUNT,
  changes,
  count,
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

export type InboxRow = typeof inbox.$inferSelect;

const isOnChannel = eq(inbox.channel, given('channel'));
// In the words of the partial indexes: else SQLite would not use them.
const isReceived = sql`${inbox.state} = 'received'`;

/** Messages with whom they are from, and the question that is open. */
const messages = (db: Database) =>
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

/** Stored messages, read. */
export function inboxReads(db: Database) {
  return {
    idOf: value(
      db
        .select({ value: inbox.id })
        .from(inbox)
        .where(and(isOnChannel, eq(inbox.externalId, given('externalId')))),
      (channel: string, externalId: string) => ({ channel, externalId }),
    ),
    /** The address that a message came from, and the public post that it is, if it is one. */
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
    /** Those of these external ids that are stored. */
    known: list(
      db
        .select({ value: inbox.externalId })
        .from(inbox)
        .where(and(isOnChannel, isAmong(inbox.externalId, 'ids'))),
      (channel: string, externalIds: readonly string[]) => ({
        channel,
        ids: JSON.stringify(externalIds),
      }),
    ),
    /** The first message that waits of each identity, in order of arrival, with whom it is from. */
    waiting: all(
      messages(db)
        .where(
          and(
            isReceived,
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
    /** Messages of an identity that wait behind one of its messages, in order of arrival. */
    behind: all(
      messages(db)
        .where(
          and(isReceived, eq(inbox.identityId, given('identityId')), gt(inbox.id, given('after'))),
        )
        .orderBy(inbox.id)
        .limit(p('limit')),
      (identityId: number, after: number, limit: number) => ({ identityId, after, limit }),
    ),
    backlog: row(
      db
        .select({ count: COUNT.value, oldest: sql<number | null>`min(${inbox.receivedAt})` })
        .from(inbox)
        .where(isReceived),
    ),
    parked: count(db.select(COUNT).from(inbox).where(sql`${inbox.state} = 'parked'`)),
  };
}

export type WaitingMessage = ReturnType<ReturnType<typeof inboxReads>['waiting']>[number];

type NewMessage = Pick<
  InboxRow,
  'channel' | 'externalId' | 'identityId' | 'payload' | 'receivedAt'
> &
  Partial<Pick<InboxRow, 'place' | 'postUri' | 'postCid' | 'segments'>>;

const NOTHING_MORE = { place: null, postUri: null, postCid: null, segments: null } as const;

/** Stored messages, written. */
export function inboxWrites(db: Database) {
  return {
    /** The new message's id; undefined when it is stored already. */
    add: value(
      db
        .insert(inbox)
        .values({
          ...placeholders('channel', 'externalId', 'identityId', 'payload', 'place'),
          ...placeholders('postUri', 'postCid', 'segments', 'receivedAt'),
          state: 'received',
        })
        .onConflictDoNothing()
        .returning({ value: inbox.id }),
      (message: NewMessage) => ({ ...NOTHING_MORE, ...message }),
    ),
    /** The payload is emptied, since nothing needs it any more. */
    markDone: run(
      db
        .update(inbox)
        .set({ ...changes('processedAt'), state: 'done', payload: null })
        .where(isAmong(inbox.id, 'ids')),
      (ids: readonly number[], processedAt: number) => ({ ids: JSON.stringify(ids), processedAt }),
    ),
    /** A message could not be processed: it is tried again after `retryAt` (ms), or parked. */
    markFailed: run(
      db
        .update(inbox)
        .set({ ...changes('state', 'error', 'retryAt'), attempts: sql`${inbox.attempts} + 1` })
        .where(eq(inbox.id, given('id'))),
      (
        id: number,
        failure: Pick<InboxRow, 'error' | 'retryAt'> & { readonly state: 'received' | 'parked' },
      ) => ({ ...failure, id }),
    ),
  };
}
