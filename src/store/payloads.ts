import { eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { payloads } from './schema/index.ts';
import { given, placeholders, run } from './statements.ts';

/** What short tokens stand for, read. */
export function payloadsReads(db: Database) {
  const byToken = db
    .select()
    .from(payloads)
    .where(eq(payloads.token, given('token')))
    .prepare();
  return {
    /** Undefined for a token that is not known, or was good for an earlier time than `now` (ms). */
    get: (token: string, now: number): string | undefined => {
      const found = byToken.get({ token });
      return found === undefined || found.expiresAt <= now ? undefined : found.value;
    },
  };
}

/** What short tokens stand for, written. */
export function payloadsWrites(db: Database) {
  return {
    put: run(
      db
        .insert(payloads)
        .values(placeholders('token', 'value', 'expiresAt'))
        .onConflictDoUpdate({
          target: payloads.token,
          set: { value: sql`excluded.value`, expiresAt: sql`excluded.expires_at` },
        }),
      (token: string, value: string, expiresAt: number) => ({ token, value, expiresAt }),
    ),
    /** Forgets what tokens stood for that are good no more at `now` (ms). */
    forget: run(
      db.delete(payloads).where(lte(payloads.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
