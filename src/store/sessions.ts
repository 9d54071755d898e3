import { eq, lte } from 'drizzle-orm';
import type { Database } from './database.ts';
import { sessions } from './schema/index.ts';
import { given, knowable, placeholders, replacing, run } from './statements.ts';

export type Session = typeof sessions.$inferSelect;

const isOfIdentity = eq(sessions.identityId, given('identityId'));

/** Questions that wait for an answer, read. */
export function sessionsReads(db: Database) {
  const { find, know } = knowable(
    db.select().from(sessions).where(isOfIdentity),
    (identityId: number) => ({ identityId }),
  );
  return {
    get: find,
    /** Takes in what was found of an address with one of its messages. */
    know: (identityId: number, session: Session | null) => know(session ?? undefined, identityId),
  };
}

/** Questions that wait for an answer, written. */
export function sessionsWrites(db: Database) {
  return {
    /** Replaces the former one. */
    put: run(
      db
        .insert(sessions)
        .values(placeholders('identityId', 'command', 'step', 'data', 'expiresAt'))
        .onConflictDoUpdate({
          target: sessions.identityId,
          set: replacing(sessions, 'command', 'step', 'data', 'expiresAt'),
        }),
      (session: Session) => session,
    ),
    end: run(db.delete(sessions).where(isOfIdentity), (identityId: number) => ({ identityId })),
    /** Deletes the questions, with the words they kept, that nobody can answer any more. */
    forget: run(
      db.delete(sessions).where(lte(sessions.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
