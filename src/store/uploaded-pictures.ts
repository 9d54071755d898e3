/** Pictures whose records are published, until somebody has seen them come back from the PDS. */
import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { pictures } from './schema/index.ts';
import { all, COUNT, changes, count, given, isAmong, p, run, value } from './statements.ts';

// In the words of the partial index: else SQLite would not use it.
const isUploaded = sql`${pictures.state} = 'uploaded'`;

/** Uploaded pictures, read. */
export function uploadedReads(db: Database) {
  return {
    /** Those to be looked for at `now` (ms), oldest first. */
    uploaded: all(
      db
        .select()
        .from(pictures)
        .where(and(isUploaded, sql`${pictures.retryAt} <= ${given('now')}`))
        .orderBy(pictures.id)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
    ),
    /** When (ms) the next one after `now` is looked for. */
    nextUploadedAt: value(
      db
        .select({ value: sql<number | null>`min(${pictures.retryAt})` })
        .from(pictures)
        .where(and(isUploaded, sql`${pictures.retryAt} > ${given('now')}`)),
      (now: number) => ({ now }),
    ),
    /** How many the PDS did not give out when it was asked. */
    notKept: count(
      db
        .select(COUNT)
        .from(pictures)
        .where(and(isUploaded, sql`${pictures.attempts} > 0`)),
    ),
  };
}

/** Uploaded pictures, written. */
export function uploadedWrites(db: Database) {
  return {
    /** Records with the pictures are in the repository: from now the PDS is to give the pictures out. */
    markUploaded: run(
      db
        .update(pictures)
        .set({
          state: 'uploaded',
          // One that did not come back before has a record again: it is looked for at once.
          attempts: sql`case ${pictures.state} when 'uploaded' then ${pictures.attempts} else 0 end`,
          retryAt: 0,
        })
        .where(and(isAmong(pictures.id, 'ids'), sql`${pictures.state} in ('clean', 'uploaded')`)),
      (ids: readonly number[]) => ({ ids: JSON.stringify(ids) }),
    ),
    /** The PDS did not give the picture out: it is looked for again at `retryAt` (ms). */
    markNotKept: run(
      db
        .update(pictures)
        .set({ ...changes('retryAt'), attempts: sql`${pictures.attempts} + 1` })
        .where(and(eq(pictures.id, given('id')), isUploaded)),
      (id: number, retryAt: number) => ({ id, retryAt }),
    ),
    /** The pictures came back from the PDS as they are, so the spool may let go of them. */
    markPublished: run(
      db
        .update(pictures)
        .set({ state: 'published' })
        .where(and(isAmong(pictures.id, 'ids'), isUploaded)),
      (ids: readonly number[]) => ({ ids: JSON.stringify(ids) }),
    ),
  };
}
