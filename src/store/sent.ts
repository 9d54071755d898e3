import { and, eq, gt, gte, lt } from 'drizzle-orm';
import type { Database } from './database.ts';
import { payloads } from './schema/index.ts';
import { given, placeholders, run, value } from './statements.ts';

// The recipient comes first, so that all of theirs are found at once.
const tokenOf = (identityId: number, id: number): string => `sent-${identityId}-${id}`;

const isThis = eq(payloads.token, given('token'));

/** Deliveries that may have to be sent again, sealed: their rows in the outbox are empty by then. */
export function sentWrites(db: Database) {
  return {
    /** The sealed delivery, if it is still kept at `now` (ms). */
    get: value(
      db
        .select({ value: payloads.value })
        .from(payloads)
        .where(and(isThis, gt(payloads.expiresAt, given('now')))),
      (identityId: number, id: number, now: number) => ({ token: tokenOf(identityId, id), now }),
    ),
    /** Keeps a delivery until `expiresAt` (ms). */
    keep: run(
      db
        .insert(payloads)
        .values(placeholders('token', 'value', 'expiresAt'))
        .onConflictDoNothing(),
      (identityId: number, id: number, kept: { value: string; expiresAt: number }) => ({
        ...kept,
        token: tokenOf(identityId, id),
      }),
    ),
    forget: run(db.delete(payloads).where(isThis), (identityId: number, id: number) => ({
      token: tokenOf(identityId, id),
    })),
    /** Forgets everything that was sent to an identity. */
    forgetTo: run(
      db
        .delete(payloads)
        .where(and(gte(payloads.token, given('from')), lt(payloads.token, given('until')))),
      // The full stop follows the hyphen in the order of tokens.
      (identityId: number) => ({ from: `sent-${identityId}-`, until: `sent-${identityId}.` }),
    ),
  };
}
