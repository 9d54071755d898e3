import { and, desc, eq, or, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { corrections, persons, transfers } from './schema/index.ts';
import { all, changes, exists, get, given, insert, placeholders } from './statements.ts';

export type CorrectionRow = typeof corrections.$inferSelect;

/** Corrections of credits, read. */
export function correctionsReads(db: Database) {
  return {
    get: get(
      db
        .select()
        .from(corrections)
        .where(eq(corrections.id, given('id'))),
      (id: number) => ({ id }),
    ),
    /** What an admin asked for last. */
    newestOf: get(
      db
        .select()
        .from(corrections)
        .where(eq(corrections.askedBy, given('askedBy')))
        .orderBy(desc(corrections.id))
        .limit(1),
      (askedBy: string) => ({ askedBy }),
    ),
    /** Who takes part under a participant id. */
    holder: get(
      db
        .select()
        .from(persons)
        .where(eq(persons.participantId, given('participantId'))),
      (participantId: string) => ({ participantId }),
    ),
    /** The corrections that an account had so far. */
    ofAccount: all(
      db
        .select()
        .from(transfers)
        .where(
          and(
            or(
              eq(transfers.debitAccountId, given('accountId')),
              eq(transfers.creditAccountId, given('accountId')),
            ),
            sql`${transfers.code} = 'adjust'`,
          ),
        ),
      (accountId: number) => ({ accountId }),
    ),
  };
}

/** Corrections of credits, written. */
export function correctionsWrites(db: Database) {
  return {
    add: insert(
      db
        .insert(corrections)
        .values({
          ...placeholders('participantId', 'amount', 'reason', 'askedBy', 'askedAt', 'expiresAt'),
        })
        .returning({ id: corrections.id }),
      (
        correction: Pick<
          CorrectionRow,
          'participantId' | 'amount' | 'reason' | 'askedBy' | 'askedAt' | 'expiresAt'
        >,
      ) => correction,
    ),
    /** Somebody agrees, once; whether nobody had before. */
    agree: exists(
      db
        .update(corrections)
        .set(changes('agreedBy', 'agreedAt'))
        .where(and(eq(corrections.id, given('id')), sql`${corrections.agreedAt} is null`))
        .returning({ id: corrections.id }),
      (id: number, agreedBy: string, agreedAt: number) => ({ id, agreedBy, agreedAt }),
    ),
  };
}
