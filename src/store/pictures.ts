import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { evidence, evidencePictures, inbox, pictures, sessions } from './schema/index.ts';
import {
  all,
  changes,
  get,
  given,
  insert,
  isAmong,
  list,
  p,
  placeholders,
  run,
  value,
} from './statements.ts';

export type PictureRow = typeof pictures.$inferSelect;

const isThis = eq(pictures.id, given('id'));
// In the words of the partial index: else SQLite would not use it.
const isRemote = sql`${pictures.state} = 'remote'`;

/** Facts about a picture once it is clean. */
export type CleanPicture = {
  /** The CID of the clean bytes (`bafkrei…`). */
  readonly cid: string;
  /** SHA-256 of the clean bytes, hex. */
  readonly sha256: string;
  readonly mediaType: string;
  readonly sizeBytes: number;
  readonly width: number;
  readonly height: number;
  /** Its perceptual hash: 64 hex digits, or null for a picture with too little in it. */
  readonly perceptualHash: string | null;
  /** The spool keeps the clean bytes under this key. */
  readonly spoolKey: string;
};

/** Pictures that a message only named, read. */
function fetchingReads(db: Database) {
  return {
    /** Pictures that their channels have to fetch at `now` (ms), oldest first. */
    remote: all(
      db
        .select({
          id: pictures.id,
          source: pictures.source,
          attempts: pictures.attempts,
          channel: inbox.channel,
        })
        .from(pictures)
        .innerJoin(inbox, eq(inbox.id, pictures.inboxId))
        .where(and(isRemote, sql`${pictures.retryAt} <= ${given('now')}`))
        .orderBy(pictures.id)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
    ),
    /** When (ms) the next one after `now` is tried again. */
    nextRemoteAt: value(
      db
        .select({ value: sql<number | null>`min(${pictures.retryAt})` })
        .from(pictures)
        .where(and(isRemote, sql`${pictures.retryAt} > ${given('now')}`)),
      (now: number) => ({ now }),
    ),
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
  };
}

/** Pictures on their way from a message to the public record, read. */
export function picturesReads(db: Database) {
  return {
    ...fetchingReads(db),
    /** The spool keys that are still needed. */
    keysInUse: list(
      db
        .select({ value: pictures.spoolKey })
        .from(pictures)
        .where(sql`${pictures.state} in ('raw', 'clean')`),
    ),
    /** Pictures as they came, oldest first: nothing has looked at them yet. */
    raw: all(
      db
        .select()
        .from(pictures)
        .where(sql`${pictures.state} = 'raw'`)
        .orderBy(pictures.id)
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
    get: get(db.select().from(pictures).where(isThis), (id: number) => ({ id })),
    /** The pictures of a message, in order. */
    of: all(
      db
        .select()
        .from(pictures)
        .where(eq(pictures.inboxId, given('inboxId')))
        .orderBy(pictures.id),
      (inboxId: number) => ({ inboxId }),
    ),
    /**
     * The unpublished pictures of evidence that have these bytes: several when one was sent several
     * times.
     */
    toPublish: all(
      db
        .select()
        .from(pictures)
        .where(
          and(
            eq(pictures.cid, given('cid')),
            sql`${pictures.state} = 'clean'`,
            sql`exists (select 1 from ${evidencePictures} where picture_id = ${pictures.id})`,
          ),
        )
        .orderBy(pictures.id),
      (cid: string) => ({ cid }),
    ),
  };
}

/** Pictures that a message only named, written. */
function fetchingWrites(db: Database) {
  return {
    /** A picture that a message only named. */
    addRemote: run(
      db
        .insert(pictures)
        .values({ ...placeholders('inboxId', 'source'), spoolKey: '', state: 'remote' }),
      (inboxId: number, source: string) => ({ inboxId, source }),
    ),
    /** The bytes of a picture are in the spool now. */
    markFetched: run(
      db
        .update(pictures)
        .set({ ...changes('spoolKey'), state: 'raw', attempts: 0 })
        .where(and(isThis, isRemote)),
      (id: number, spoolKey: string) => ({ id, spoolKey }),
    ),
    /** A picture could not be fetched now: again after `retryAt` (ms). */
    markNotFetched: run(
      db
        .update(pictures)
        .set({ ...changes('retryAt'), attempts: sql`${pictures.attempts} + 1` })
        .where(and(isThis, isRemote)),
      (id: number, retryAt: number) => ({ id, retryAt }),
    ),
    /** Its provider does not keep it any more. */
    markReleased: run(db.update(pictures).set({ source: null }).where(isThis), (id: number) => ({
      id,
    })),
  };
}

const unused = (db: Database) =>
  db
    .select({ id: pictures.id })
    .from(pictures)
    .innerJoin(inbox, eq(inbox.id, pictures.inboxId))
    .where(
      and(
        // The list is in the words of a partial index: else SQLite would not use it.
        sql`${pictures.state} in ('raw', 'clean') and ${pictures.state} = 'clean'`,
        sql`${inbox.state} = 'done'`,
        lt(inbox.processedAt, given('before')),
        sql`not exists (select 1 from ${evidencePictures}
          join ${evidence} on ${evidence}.id = evidence_id
          where picture_id = ${pictures.id}
            and (${evidence}.post_uri is null or ${evidence}.state = 'pending'))`,
        // A question to the same address may still be about it.
        sql`not exists (select 1 from ${sessions}
          where identity_id = ${inbox.identityId} and expires_at > ${given('now')})`,
      ),
    )
    .limit(p('limit'));

/** Pictures on their way from a message to the public record, written. */
export function picturesWrites(db: Database) {
  return {
    ...fetchingWrites(db),
    /** A picture as it came with a message. */
    add: insert(
      db
        .insert(pictures)
        .values({ ...placeholders('inboxId', 'spoolKey'), state: 'raw' })
        .returning({ id: pictures.id }),
      (inboxId: number, spoolKey: string) => ({ inboxId, spoolKey }),
    ),
    /** Somebody begins to look at the picture. */
    markTried: run(
      db
        .update(pictures)
        .set({ attempts: sql`${pictures.attempts} + 1` })
        .where(isThis),
      (id: number) => ({ id }),
    ),
    /** The picture was re-encoded; only the clean bytes are of use from here on. */
    markClean: run(
      db
        .update(pictures)
        .set({
          ...changes('spoolKey', 'cid', 'sha256', 'mediaType', 'sizeBytes'),
          ...changes('width', 'height', 'perceptualHash'),
          state: 'clean',
        })
        .where(and(isThis, sql`${pictures.state} = 'raw'`)),
      (id: number, picture: CleanPicture) => ({ id, ...picture }),
    ),
    /** The picture cannot be used, for this reason. */
    markRefused: run(
      db
        .update(pictures)
        .set({ ...changes('reason'), state: 'refused' })
        .where(and(isThis, sql`${pictures.state} in ('remote', 'raw')`)),
      (id: number, reason: string) => ({ id, reason }),
    ),
    /**
     * Deletes clean pictures of messages that were done before `before` (ms), where they became no
     * evidence and no longer can, or only helped to review a post that has them itself. Answers
     * their spool keys.
     */
    forgetUnused: list(
      db
        .delete(pictures)
        .where(sql`${pictures.id} in ${unused(db)}`)
        .returning({ value: pictures.spoolKey }),
      (now: number, before: number, limit: number) => ({ now, before, limit }),
    ),
    /** The pictures are in the repository, so the spool may let go of them. */
    markPublished: run(
      db
        .update(pictures)
        .set({ state: 'published' })
        .where(and(isAmong(pictures.id, 'ids'), sql`${pictures.state} = 'clean'`)),
      (ids: readonly number[]) => ({ ids: JSON.stringify(ids) }),
    ),
  };
}
