import { and, eq, gt, gte, lt } from 'drizzle-orm';
import type { Database } from './database.ts';
import { payloads } from './schema/index.ts';
import { given, placeholders, run } from './statements.ts';

// Under a recipient's name, so that all of theirs are found at once.
const tokenOf = (identityId: number, id: number): string => `sent-${identityId}-${id}`;

/** What was sent and may have to be sent again, sealed: its row in the outbox is empty by then. */
export function sentWrites(db: Database) {
  const kept = db
    .select({ value: payloads.value })
    .from(payloads)
    .where(and(eq(payloads.token, given('token')), gt(payloads.expiresAt, given('now'))))
    .prepare();
  return {
    /** Keeps a message to an identity until `expiresAt` (ms). */
    keep: run(
      db
        .insert(payloads)
        .values(placeholders('token', 'value', 'expiresAt'))
        .onConflictDoNothing(),
      (identityId: number, id: number, sealed: string, expiresAt: number) => ({
        token: tokenOf(identityId, id),
        value: sealed,
        expiresAt,
      }),
    ),
    /** What is kept of a message at `now` (ms). */
    get: (identityId: number, id: number, now: number): string | undefined =>
      kept.get({ token: tokenOf(identityId, id), now })?.value,
    forget: run(
      db.delete(payloads).where(eq(payloads.token, given('token'))),
      (identityId: number, id: number) => ({ token: tokenOf(identityId, id) }),
    ),
    /** Forgets everything that was sent to an identity. */
    forgetTo: run(
      db
        .delete(payloads)
        .where(and(gte(payloads.token, given('from')), lt(payloads.token, given('until')))),
      (identityId: number) => ({ from: `sent-${identityId}-`, until: `sent-${identityId}.` }),
    ),
  };
}
