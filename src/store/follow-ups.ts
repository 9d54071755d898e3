import { eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { followUps } from './schema/index.ts';

const p = sql.placeholder;

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
  const put = db
    .insert(followUps)
    .values({
      identityId: p('identityId'),
      rest: p('rest'),
      choices: p('choices'),
      expiresAt: p('expiresAt'),
    })
    .onConflictDoUpdate({
      target: followUps.identityId,
      set: {
        rest: sql`excluded.rest`,
        choices: sql`excluded.choices`,
        expiresAt: sql`excluded.expires_at`,
      },
    })
    .prepare();
  const end = db
    .delete(followUps)
    .where(eq(followUps.identityId, given('identityId')))
    .prepare();
  const forget = db
    .delete(followUps)
    .where(lte(followUps.expiresAt, given('now')))
    .prepare();
  return {
    /** In the place of the former one. */
    put: (followUp: FollowUp) => put.run(followUp),
    end: (identityId: number) => end.run({ identityId }),
    forget: (now: number) => forget.run({ now }),
  };
}
