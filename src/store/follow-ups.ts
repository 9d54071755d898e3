import { and, eq, gt, lte } from 'drizzle-orm';
import type { Database } from './database.ts';
import { followUps } from './schema/index.ts';
import { get, given, knowable, placeholders, replacing, run } from './statements.ts';

/** The rest of a long answer, and the choices that were numbered, where there are no buttons. */
export type FollowUp = typeof followUps.$inferSelect;

const isOfIdentity = eq(followUps.identityId, given('identityId'));

/** Follow-ups, read. */
export function followUpsReads(db: Database) {
  const there = knowable(
    db.select({ identityId: followUps.identityId }).from(followUps).where(isOfIdentity),
    (identityId: number) => ({ identityId }),
  );
  return {
    /** Is one kept for an address, however old? */
    isThere: (identityId: number): boolean => there.find(identityId) !== undefined,
    /** Takes in what was found of an address with one of its messages. */
    knowThere: (identityId: number, isThere: boolean): void =>
      there.know(isThere ? { identityId } : undefined, identityId),
    /** Undefined for an address without one, or with one that is too old at `now` (ms). */
    get: get(
      db
        .select()
        .from(followUps)
        .where(and(isOfIdentity, gt(followUps.expiresAt, given('now')))),
      (identityId: number, now: number) => ({ identityId, now }),
    ),
  };
}

/** Follow-ups, written. */
export function followUpsWrites(db: Database) {
  return {
    /** Replaces the former one. */
    put: run(
      db
        .insert(followUps)
        .values(placeholders('identityId', 'rest', 'choices', 'expiresAt'))
        .onConflictDoUpdate({
          target: followUps.identityId,
          set: replacing(followUps, 'rest', 'choices', 'expiresAt'),
        }),
      (followUp: FollowUp) => followUp,
    ),
    end: run(db.delete(followUps).where(isOfIdentity), (identityId: number) => ({ identityId })),
    forget: run(
      db.delete(followUps).where(lte(followUps.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
