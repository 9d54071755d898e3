import { and, eq, lt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { incomingReads, incomingWrites } from './incoming-pictures.ts';
import { evidence, evidencePictures, inbox, pictures, sessions } from './schema/index.ts';
import { all, changes, exists, get, given, list, p, placeholders, run } from './statements.ts';
import { uploadedReads, uploadedWrites } from './uploaded-pictures.ts';

export type PictureRow = typeof pictures.$inferSelect;

const isThis = eq(pictures.id, given('id'));
/** Of evidence, or the city's own, which no message brought. */
const isPublic = sql`(${pictures.inboxId} is null
  or exists (select 1 from ${evidencePictures} where picture_id = ${pictures.id}))`;

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

/** Pictures on their way from a message to the public record, read. */
export function picturesReads(db: Database) {
  return {
    ...incomingReads(db),
    ...uploadedReads(db),
    /** The spool keys that are still needed. */
    keysInUse: list(
      db
        .select({ value: pictures.spoolKey })
        .from(pictures)
        .where(sql`${pictures.state} in ('raw', 'clean', 'uploaded')`),
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
     * The pictures of evidence, or of the city itself, that have these bytes and are still here:
     * several when one was sent several times.
     */
    toPublish: all(
      db
        .select()
        .from(pictures)
        .where(
          and(
            eq(pictures.cid, given('cid')),
            sql`${pictures.state} in ('clean', 'uploaded')`,
            isPublic,
          ),
        )
        .orderBy(pictures.id),
      (cid: string) => ({ cid }),
    ),
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
        sql`${pictures.state} in ('raw', 'clean', 'uploaded') and ${pictures.state} = 'clean'`,
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
    ...incomingWrites(db),
    /** Adds a picture of the city itself, which is clean already. */
    addOwn: run(
      db.insert(pictures).values({
        ...placeholders('spoolKey', 'cid', 'sha256', 'mediaType', 'sizeBytes'),
        ...placeholders('width', 'height', 'perceptualHash'),
        state: 'clean',
      }),
      (picture: CleanPicture) => ({ ...picture }),
    ),
    /**
     * The picture was re-encoded; only the clean bytes are of use from here on. False where nobody waits
     * for them any more.
     */
    markClean: exists(
      db
        .update(pictures)
        .set({
          ...changes('spoolKey', 'cid', 'sha256', 'mediaType', 'sizeBytes'),
          ...changes('width', 'height', 'perceptualHash'),
          state: 'clean',
        })
        .where(and(isThis, sql`${pictures.state} = 'raw'`))
        .returning({ id: pictures.id }),
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
    ...uploadedWrites(db),
  };
}
