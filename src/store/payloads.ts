import { and, eq, gt, lte } from 'drizzle-orm';
import type { Database } from './database.ts';
import { payloads } from './schema/index.ts';
import { given, placeholders, replacing, run, value } from './statements.ts';

/** The values of short tokens, read. */
export function payloadsReads(db: Database) {
  return {
    /** The value of a token; undefined if there is none, or its time was over at `now` (ms). */
    get: value(
      db
        .select({ value: payloads.value })
        .from(payloads)
        .where(and(eq(payloads.token, given('token')), gt(payloads.expiresAt, given('now')))),
      (token: string, now: number) => ({ token, now }),
    ),
  };
}

/** The values of short tokens, written. */
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
    /** Deletes the tokens whose time is over at `now` (ms). */
    forget: run(
      db.delete(payloads).where(lte(payloads.expiresAt, given('now'))),
      (now: number) => ({ now }),
    ),
  };
}
