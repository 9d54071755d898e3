/** Decisions about evidence that wait a few seconds, in which they can be taken back. */
import { and, eq, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { heldDecisions } from './schema/index.ts';
import { all, exists, get, given, p, placeholders, run, value } from './statements.ts';

export type HeldDecision = typeof heldDecisions.$inferSelect;

const isOfEvidence = eq(heldDecisions.evidenceId, given('evidenceId'));

export function heldDecisionsReads(db: Database) {
  return {
    on: get(db.select().from(heldDecisions).where(isOfEvidence), (evidenceId: number) => ({
      evidenceId,
    })),
    /** Those that a person made, the newest first. */
    of: all(
      db
        .select()
        .from(heldDecisions)
        .where(eq(heldDecisions.personId, given('personId')))
        .orderBy(sql`${heldDecisions.id} desc`),
      (personId: number) => ({ personId }),
    ),
    /** Those whose time is over at `now` (ms), the oldest first. */
    due: all(
      db
        .select()
        .from(heldDecisions)
        .where(lte(heldDecisions.dueAt, given('now')))
        .orderBy(heldDecisions.id)
        .limit(p('limit')),
      (now: number, limit: number) => ({ now, limit }),
    ),
    /** When the next one is due (ms); undefined while none waits. */
    nextDueAt: value(
      db
        .select({ value: heldDecisions.dueAt })
        .from(heldDecisions)
        .orderBy(heldDecisions.dueAt)
        .limit(1),
    ),
  };
}

export function heldDecisionsWrites(db: Database) {
  return {
    /** False where a decision about the same evidence waits already. */
    add: exists(
      db
        .insert(heldDecisions)
        .values(placeholders('evidenceId', 'personId', 'identityId', 'decision', 'words', 'dueAt'))
        .onConflictDoNothing()
        .returning({ id: heldDecisions.id }),
      (held: Omit<HeldDecision, 'id'>) => held,
    ),
    /** Takes a person's decision about evidence back; false where none waits. */
    takeBack: exists(
      db
        .delete(heldDecisions)
        .where(and(isOfEvidence, eq(heldDecisions.personId, given('personId'))))
        .returning({ id: heldDecisions.id }),
      (evidenceId: number, personId: number) => ({ evidenceId, personId }),
    ),
    end: run(db.delete(heldDecisions).where(eq(heldDecisions.id, given('id'))), (id: number) => ({
      id,
    })),
  };
}
