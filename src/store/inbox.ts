import { and, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { memoryIn } from './memory.ts';
import { budgetUses, followUps, identities, inbox, persons, sessions } from './schema/index.ts';
import {
  all,
  COUNT,
  changes,
  count,
  exists,
  get,
  given,
  isAmong,
  knowable,
  list,
  p,
  row,
  run,
  value,
} from './statements.ts';

type InboxRow = typeof inbox.$inferSelect;

const isOnChannel = eq(inbox.channel, given('channel'));
// In the words of the partial indexes: else SQLite would not use them.
const isReceived = sql`${inbox.state} = 'received'`;
const isHead = sql`${inbox.state} = 'received' and ${inbox.head} = 1`;

/** Messages with whom they are from, what those used of their budgets, and the question that is open. */
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
      sentAt: sql<number>`coalesce(${inbox.sentAt}, ${inbox.receivedAt})`,
      receivedAt: inbox.receivedAt,
      identityId: inbox.identityId,
      stoppedAt: identities.stoppedAt,
      returnedAt: identities.returnedAt,
      person: persons,
      uses: budgetUses.uses,
      session: sessions,
      hasFollowUp: sql<number>`exists (select 1 from ${followUps}
        where ${followUps.identityId} = ${inbox.identityId})`,
    })
    .from(inbox)
    .innerJoin(identities, eq(identities.id, inbox.identityId))
    .innerJoin(persons, eq(persons.id, identities.personId))
    .leftJoin(sessions, eq(sessions.identityId, inbox.identityId))
    .leftJoin(budgetUses, sql`${budgetUses.subject} = 'person:' || ${persons.id}`);

/** Stored messages, read. */
export function inboxReads(db: Database) {
  const origin = originRead(db);
  return {
    /** How often something was written that may have to be processed; another number means look. */
    changes: (): number => memoryIn(db).writesOf('inbox'),
    /** The id of a message by its external id. */
    idOf: value(
      db
        .select({ value: inbox.id })
        .from(inbox)
        .where(and(isOnChannel, eq(inbox.externalId, given('externalId')))),
      (channel: string, externalId: string) => ({ channel, externalId }),
    ),
    /** The address that a message came from, and the public post that it is, if it is one. */
    origin: origin.find,
    /** Takes in the origin of a message that is being answered. */
    knowOrigin: ({ id, channel, identityId, place, postUri, postCid }: Origin): void =>
      origin.know({ channel, identityId, place, postUri, postCid }, id),
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
    ...waitingReads(db),
    backlog: row(
      db
        .select({ count: COUNT.value, oldest: sql<number | null>`min(${inbox.receivedAt})` })
        .from(inbox)
        .where(isReceived),
    ),
    /** When the first of the messages that wait was sent (ms); undefined when none does. */
    waitingSince: value(
      db
        .select({ value: sql<number>`coalesce(${inbox.sentAt}, ${inbox.receivedAt})` })
        .from(inbox)
        .where(isReceived)
        .orderBy(inbox.id)
        .limit(1),
    ),
    parked: count(db.select(COUNT).from(inbox).where(sql`${inbox.state} = 'parked'`)),
  };
}

type Origin = Pick<InboxRow, 'id' | 'channel' | 'identityId' | 'place' | 'postUri' | 'postCid'>;

const originRead = (db: Database) =>
  knowable(
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
  );

/** Messages that wait for their turn. */
function waitingReads(db: Database) {
  return {
    /** The first message that waits of each identity, in order of arrival, with whom it is from. */
    waiting: all(
      messages(db)
        .where(and(isHead, gt(inbox.id, given('after'))))
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
    /** Did an address write again after one of its messages? */
    hasAfter: exists(
      db
        .select({ id: inbox.id })
        .from(inbox)
        .where(and(gt(inbox.id, given('after')), eq(inbox.identityId, given('identityId'))))
        .limit(1),
      (identityId: number, after: number) => ({ identityId, after }),
    ),
    /** How many messages of an identity wait, counted up to `max`. */
    waitingOf: count(
      db.select(COUNT).from(
        sql`(select 1 from ${inbox} where state = 'received'
          and identity_id = ${given('identityId')} limit ${p('max')})`,
      ),
      (identityId: number, max: number) => ({ identityId, max }),
    ),
  };
}

export type WaitingMessage = ReturnType<ReturnType<typeof inboxReads>['waiting']>[number];

type NewMessage = Pick<
  InboxRow,
  'channel' | 'externalId' | 'identityId' | 'payload' | 'receivedAt'
> &
  Partial<Pick<InboxRow, 'place' | 'postUri' | 'postCid' | 'segments' | 'sentAt'>>;

const NOTHING_MORE = {
  place: null,
  postUri: null,
  postCid: null,
  segments: null,
  sentAt: null,
} as const;

/** Stored messages, written. */
export function inboxWrites(db: Database) {
  const add = addTo(db);
  return {
    ...endingWrites(db),
    /**
     * The new message, and whether others of its identity wait before it; undefined when it is stored
     * already, under its own external id or under `digest`.
     */
    put: (message: NewMessage, digest: string | null = null) => {
      const added = add(message, digest);
      return added && { id: added.id, isBehind: added.head === 0 };
    },
    /** The new message's id; undefined when it is stored already. */
    add: (message: NewMessage): number | undefined => add(message, null)?.id,
  };
}

const addTo = (db: Database) =>
  get(
    db
      .insert(inbox)
      // In the order of the columns.
      .select(
        sql`select null, ${p('channel')}, ${p('externalId')}, ${p('identityId')},
          ${sql.param(p('payload'), inbox.payload)},
          ${p('place')}, ${p('postUri')}, ${p('postCid')}, ${p('segments')}, 'received',
          not exists (select 1 from ${inbox} as earlier
            where earlier.state = 'received' and earlier.identity_id = ${given('identityId')}),
          0, 0, null, ${p('sentAt')}, ${p('receivedAt')}, null
        where ${given('digest')} is null or not exists (select 1 from ${inbox} as copy
          where copy.channel = ${given('channel')} and copy.external_id = ${given('digest')})`,
      )
      .onConflictDoNothing()
      .returning({ id: inbox.id, head: inbox.head }),
    (message: NewMessage, digest: string | null) => ({ ...NOTHING_MORE, ...message, digest }),
  );

/** Messages that do not wait any more make room for those behind them. */
function endingWrites(db: Database) {
  const moveUp = run(
    db
      .update(inbox)
      .set({ head: 1 })
      .where(
        sql`${inbox.id} in (select (select min(waits.id) from ${inbox} as waits
            where waits.state = 'received' and waits.identity_id = ended.identity_id)
          from ${inbox} as ended where ${isAmong(sql`ended.id`, 'ids')})`,
      ),
    (ids: string) => ({ ids }),
  );
  // The payload is emptied, since nothing needs it any more.
  const markDone = list(
    db
      .update(inbox)
      .set({ ...changes('processedAt', 'error'), state: 'done', payload: null })
      .where(isAmong(inbox.id, 'ids'))
      .returning({
        value: sql<number>`exists (select 1 from ${inbox} as waits
          where waits.state = 'received' and waits.identity_id = ${inbox}.identity_id)`,
      }),
    (ids: string, processedAt: number, error: string | null) => ({ ids, processedAt, error }),
  );
  /** These wait no more; answers whether others behind them do. */
  const end = (messages: readonly number[], at: number, error: string | null): boolean => {
    const ids = JSON.stringify(messages);
    const isMore = markDone(ids, at, error).some((behind) => behind === 1);
    if (isMore) moveUp(ids);
    return isMore;
  };
  const markFailed = run(
    db
      .update(inbox)
      .set({ ...changes('state', 'error', 'retryAt'), attempts: sql`${inbox.attempts} + 1` })
      .where(eq(inbox.id, given('id'))),
    (id: number, failure: Failure) => ({ ...failure, id }),
  );
  return {
    /** Answers whether more waits behind these messages. */
    markDone: (ids: readonly number[], processedAt: number): boolean =>
      ids.length > 0 && end(ids, processedAt, null),
    /** Nothing of a message is kept but that it came, and why it was dropped. */
    markDropped: (id: number, at: number, why: string): void => {
      end([id], at, why);
    },
    /** A message could not be processed: it is tried again after `retryAt` (ms), or parked. */
    markFailed: (id: number, failure: Failure): void => {
      markFailed(id, failure);
      if (failure.state === 'parked') moveUp(JSON.stringify([id]));
    },
  };
}

type Failure = Pick<InboxRow, 'error' | 'retryAt'> & { readonly state: 'received' | 'parked' };
