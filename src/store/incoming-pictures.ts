/** Pictures on their way in: what a message brought or named, until somebody has looked at it. */
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { identities, inbox, persons, pictures } from './schema/index.ts';
import {
  all,
  changes,
  given,
  insert,
  list,
  p,
  placeholders,
  row,
  run,
  value,
} from './statements.ts';

const isThis = eq(pictures.id, given('id'));
// In the words of the partial indexes: else SQLite would not use them.
const isRemote = sql`${pictures.state} = 'remote'`;
const isRaw = sql`${pictures.state} = 'raw'`;
const isTaken = sql`${pictures.reason} is not 'picture-too-many'`;

/** So many of one address are looked through at once, and so many in all. */
const EACH_MAX = 4;
const LOOKED_AT_MAX = 64;

/**
 * The ids of pictures that wait: a few of each address, so that one with many leaves room for the
 * others, and as many of those that failed before as of the others, and of one channel as of another.
 */
const inTurn = (waits: SQL) => sql`select id from (
    select id, row_number() over (partition by attempts > 0, channel order by id) as place from (
      select one.id, one.attempts,
        (select channel from ${identities} as sender where sender.id = one.identity_id) as channel,
        row_number() over (partition by one.identity_id order by one.id) as turn
      from ${pictures} as one where ${waits} and one.retry_at <= ${given('now')})
    where turn <= ${EACH_MAX})
  order by place limit ${LOOKED_AT_MAX}`;

/** Whoever has not agreed to take part has no picture fetched. */
const hasAgreed = sql`exists (select 1 from ${identities} as sender
  join ${persons} as person on person.id = sender.person_id
  where sender.id = one.identity_id and person.joined_at is not null)`;

const nextAt = (db: Database, waits: SQL) =>
  value(
    db
      .select({ value: sql<number | null>`min(${pictures.retryAt})` })
      .from(pictures)
      .where(and(waits, sql`${pictures.retryAt} > ${given('now')}`)),
    (now: number) => ({ now }),
  );

/** Pictures that nobody has looked at yet, read. */
export function incomingReads(db: Database) {
  return {
    /** Pictures that their channels have to fetch at `now` (ms), in order of arrival. */
    remote: all(
      db
        .select({
          id: pictures.id,
          identityId: inbox.identityId,
          source: pictures.source,
          attempts: pictures.attempts,
          addedAt: pictures.addedAt,
          channel: inbox.channel,
        })
        .from(pictures)
        .innerJoin(inbox, eq(inbox.id, pictures.inboxId))
        .where(sql`${pictures.id} in (${inTurn(sql`one.state = 'remote' and ${hasAgreed}`)})`)
        .orderBy(pictures.id),
      (now: number) => ({ now }),
    ),
    /** When (ms) the next one after `now` is tried again. */
    nextRemoteAt: nextAt(db, isRemote),
    /** Pictures that their providers need not keep any more. */
    toRelease: all(
      // The city has it by then, or has refused it.
      db
        .select({ id: pictures.id, source: pictures.source, channel: inbox.channel })
        .from(pictures)
        .innerJoin(inbox, eq(inbox.id, pictures.inboxId))
        .where(
          and(
            sql`${pictures.source} is not null and ${pictures.state} <> 'remote'`,
            sql`${pictures.state} <> 'raw'`,
          ),
        )
        .orderBy(pictures.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    /** Pictures as they came, which nothing has looked at yet, in order of arrival. */
    raw: all(
      db
        .select({
          id: pictures.id,
          identityId: inbox.identityId,
          attempts: pictures.attempts,
          spoolKey: pictures.spoolKey,
        })
        .from(pictures)
        .innerJoin(inbox, eq(inbox.id, pictures.inboxId))
        .where(sql`${pictures.id} in (${inTurn(sql`one.state = 'raw'`)})`)
        .orderBy(pictures.id),
      (now: number) => ({ now }),
    ),
    /** When (ms) the next one after `now` is looked at again. */
    nextRawAt: nextAt(db, isRaw),
    /** What came from an address after `since` (ms), and whether it was told that it is too much. */
    sentBy: row(
      db
        .select({
          inLastHour: sql<number>`count(*) filter (where ${isTaken})`,
          waiting: sql<number>`count(*) filter (where ${pictures.state} in ('remote', 'raw'))`,
          told: sql<number>`count(*) filter (where not ${isTaken})`,
        })
        .from(pictures)
        .where(
          and(
            eq(pictures.identityId, given('identityId')),
            sql`${pictures.addedAt} > ${given('since')}`,
          ),
        ),
      (identityId: number, since: number) => ({ identityId, since }),
    ),
  };
}

const ADDED = ['inboxId', 'identityId', 'addedAt'] as const;

const NOBODY = { identityId: null, addedAt: null } as const;

type Row = typeof pictures.$inferSelect;
/** The message that a picture came with, whose it was, and when it came (ms). */
type Added = Pick<Row, 'inboxId'> & Partial<Pick<Row, keyof typeof NOBODY>>;

/** Pictures that nobody has looked at yet, written. */
export function incomingWrites(db: Database) {
  return {
    /** A picture that a message only named. */
    addRemote: run(
      db
        .insert(pictures)
        .values({ ...placeholders(...ADDED, 'source'), spoolKey: '', state: 'remote' }),
      (added: Added, source: string) => ({ ...NOBODY, ...added, source }),
    ),
    /** The bytes of a picture are in the spool now. */
    markFetched: run(
      db
        .update(pictures)
        .set({ ...changes('spoolKey'), state: 'raw', attempts: 0, retryAt: 0 })
        .where(and(isThis, isRemote)),
      (id: number, spoolKey: string) => ({ id, spoolKey }),
    ),
    /** What is not fetched of a message never will be, for this reason. */
    refuseUnfetched: run(
      db
        .update(pictures)
        .set({ ...changes('reason'), state: 'refused' })
        .where(and(eq(pictures.inboxId, given('inboxId')), isRemote)),
      (inboxId: number, reason: string) => ({ inboxId, reason }),
    ),
    /** What came before `before` (ms) and was not fetched never will be, for this reason. */
    refuseBefore: list(
      db
        .update(pictures)
        .set({ ...changes('reason'), state: 'refused' })
        .where(and(isRemote, sql`coalesce(${pictures.addedAt}, 0) < ${given('before')}`))
        .returning({ value: pictures.id }),
      (before: number, reason: string) => ({ before, reason }),
    ),
    /** Its provider does not keep it any more. */
    markReleased: run(db.update(pictures).set({ source: null }).where(isThis), (id: number) => ({
      id,
    })),
    /** A picture as it came with a message. */
    add: insert(
      db
        .insert(pictures)
        .values({ ...placeholders(...ADDED, 'spoolKey'), state: 'raw' })
        .returning({ id: pictures.id }),
      (added: Added, spoolKey: string) => ({ ...NOBODY, ...added, spoolKey }),
    ),
    /** A picture that was not even taken: there are too many of its sender. */
    addRefused: run(
      db.insert(pictures).values({
        ...placeholders(...ADDED),
        spoolKey: '',
        state: 'refused',
        reason: 'picture-too-many',
      }),
      (added: Added) => ({ ...NOBODY, ...added }),
    ),
    /** A look at the picture, or fetching it, failed: again after `retryAt` (ms). */
    markTried: run(
      db
        .update(pictures)
        .set({ ...changes('retryAt'), attempts: sql`${pictures.attempts} + 1` })
        .where(isThis),
      (id: number, retryAt: number) => ({ id, retryAt }),
    ),
    /** It was no fault of the picture: again after `retryAt` (ms), as if nothing had been tried. */
    postpone: run(
      db.update(pictures).set(changes('retryAt')).where(isThis),
      (id: number, retryAt: number) => ({ id, retryAt }),
    ),
  };
}
