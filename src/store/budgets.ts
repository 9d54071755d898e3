import { and, eq, isNull, lte, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import type { SubjectUses } from './schema/budgets.ts';
import { budgetUses, smsDays } from './schema/index.ts';
import { changes, count, exists, given, p, run, value } from './statements.ts';

export type { SubjectUses } from './schema/budgets.ts';

/** What one subject used, to be kept until it counts no more. */
export type KeptUses = {
  readonly subject: string;
  readonly uses: SubjectUses;
  readonly endsAt: number;
};

/** What was used of budgets, read. */
export function budgetsReads(db: Database) {
  return {
    of: value(
      db
        .select({ value: budgetUses.uses })
        .from(budgetUses)
        .where(eq(budgetUses.subject, given('subject'))),
      (subject: string) => ({ subject }),
    ),
    /** The segments that were given out for texts on a day of the city. */
    segmentsOn: count(
      db
        .select({ value: smsDays.segments })
        .from(smsDays)
        .where(eq(smsDays.day, given('day'))),
      (day: string) => ({ day }),
    ),
  };
}

/** What was used of budgets, written. */
export function budgetsWrites(db: Database) {
  const putAll = run(
    db
      .insert(budgetUses)
      .select(
        sql`select value ->> 0, value ->> 1, value ->> 2 from json_each(${given('rows')}) where true`,
      )
      .onConflictDoUpdate({
        target: budgetUses.subject,
        set: { uses: sql`excluded.uses`, endsAt: sql`excluded.ends_at` },
      }),
    (rows: readonly KeptUses[]) => ({
      rows: JSON.stringify(rows.map(({ subject, uses, endsAt }) => [subject, uses, endsAt])),
    }),
  );
  return {
    /** Keeps what subjects used, in the place of what is kept of them. */
    putAll,
    forget: run(
      db.delete(budgetUses).where(lte(budgetUses.endsAt, given('now'))),
      (now: number) => ({
        now,
      }),
    ),
    /** Gives out segments for a text on a day of the city; false when that would be more than `max`. */
    addSegments: exists(
      db
        .insert(smsDays)
        .select(
          sql`select ${p('day')}, ${p('segments')}, null where ${p('segments')} <= ${p('max')}`,
        )
        .onConflictDoUpdate({
          target: smsDays.day,
          set: { segments: sql`${smsDays.segments} + excluded.segments` },
          setWhere: sql`${smsDays.segments} + excluded.segments <= ${p('max')}`,
        })
        .returning({ day: smsDays.day }),
      (day: string, segments: number, max: number) => ({ day, segments, max }),
    ),
    /** Remembers that the admins were told of a day; false when they had been. */
    markTold: exists(
      db
        .update(smsDays)
        .set(changes('toldAt'))
        .where(and(eq(smsDays.day, given('day')), isNull(smsDays.toldAt)))
        .returning({ day: smsDays.day }),
      (day: string, toldAt: number) => ({ day, toldAt }),
    ),
  };
}
