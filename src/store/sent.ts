import { and, eq, gt, gte, lt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { payloads } from './schema/index.ts';

const p = sql.placeholder;

// Under a recipient's name, so that all of theirs are found at once.
const tokenOf = (identityId: number, id: number): string => `sent-${identityId}-${id}`;

/** What was sent and may have to be sent again, sealed: its row in the outbox is empty by then. */
export function sentWrites(db: Database) {
  const kept = db
    .select({ value: payloads.value })
    .from(payloads)
    .where(and(eq(payloads.token, given('token')), gt(payloads.expiresAt, given('now'))))
    .prepare();
  const keep = db
    .insert(payloads)
    .values({ token: p('token'), value: p('value'), expiresAt: p('expiresAt') })
    .onConflictDoNothing()
    .prepare();
  const forget = db
    .delete(payloads)
    .where(eq(payloads.token, given('token')))
    .prepare();
  const forgetAllTo = db
    .delete(payloads)
    .where(and(gte(payloads.token, given('from')), lt(payloads.token, given('until'))))
    .prepare();
  return {
    /** Keeps a message to an identity until `expiresAt` (ms). */
    keep: (identityId: number, id: number, sealed: string, expiresAt: number) =>
      keep.run({ token: tokenOf(identityId, id), value: sealed, expiresAt }),
    /** What is kept of a message at `now` (ms). */
    get: (identityId: number, id: number, now: number): string | undefined =>
      kept.get({ token: tokenOf(identityId, id), now })?.value,
    forget: (identityId: number, id: number) => forget.run({ token: tokenOf(identityId, id) }),
    /** Forgets everything that was sent to an identity. */
    forgetTo: (identityId: number) =>
      // The full stop follows the hyphen in the order of tokens.
      forgetAllTo.run({ from: `sent-${identityId}-`, until: `sent-${identityId}.` }),
  };
}
