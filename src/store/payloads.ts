import { and, eq, gt, lte } from 'drizzle-orm';
import type { Database } from './database.ts';
import { payloads } from './schema/index.ts';
import { given, placeholders, replacing, run, value } from './statements.ts';

/** What short tokens stand for, read. */
export function payloadsReads(db: Database) {
  return {
    /** Undefined for a token that is not known, or was good for an earlier time than `now` (ms). */
    get: value(
      db
        .select({ value: payloads.value })
        .from(payloads)
        .where(and(eq(payloads.token, given('token')), gt(payloads.expiresAt, given('now')))),
      (token: string, now: number) => ({ token, now }),
    ),
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
          set: replacing(payloads, 'value', 'expiresAt'),
        }),
      (token: string, payload: string, expiresAt: number) => ({ token, value: payload, expiresAt }),
    ),
    /** Forgets what tokens stood for that are good no more at `now` (ms). */
    forget: run(
      db.delete(payloads).where(lte(payloads.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
