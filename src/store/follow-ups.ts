import { eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { followUps } from './schema/index.ts';
import { given, placeholders, run } from './statements.ts';

/** The rest of a long answer, and what numbers say, where there are no buttons. */
export type FollowUp = typeof followUps.$inferSelect;

/** What the next message of an address may be about, read. */
export function followUpsReads(db: Database) {
  const byIdentity = db
    .select()
    .from(followUps)
    .where(eq(followUps.identityId, given('identityId')))
    .prepare();
  return {
    /** Undefined for an address without one, or with one that is too old at `now` (ms). */
    get: (identityId: number, now: number): FollowUp | undefined => {
      const found = byIdentity.get({ identityId });
      return found === undefined || found.expiresAt <= now ? undefined : found;
    },
  };
}

/** What the next message of an address may be about, written. */
export function followUpsWrites(db: Database) {
  return {
    /** In the place of the former one. */
    put: run(
      db
        .insert(followUps)
        .values(placeholders('identityId', 'rest', 'choices', 'expiresAt'))
        .onConflictDoUpdate({
          target: followUps.identityId,
          set: {
            rest: sql`excluded.rest`,
            choices: sql`excluded.choices`,
            expiresAt: sql`excluded.expires_at`,
          },
        }),
      (followUp: FollowUp) => followUp,
    ),
    end: run(
      db.delete(followUps).where(eq(followUps.identityId, given('identityId'))),
      (identityId: number) => ({ identityId }),
    ),
    forget: run(
      db.delete(followUps).where(lte(followUps.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
