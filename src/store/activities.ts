import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { activities, claims, evidence, persons, reviews, tasks } from './schema/index.ts';
import { all, changes, get, given, list, p, placeholders, replacing, run } from './statements.ts';

export type Activity = typeof activities.$inferSelect;

/** The records of the work done on tasks, and who did it, read. */
export function activitiesReads(db: Database) {
  return {
    /** A part (from 1) of the work on a task. */
    get: get(
      db
        .select()
        .from(activities)
        .where(and(eq(activities.taskId, given('taskId')), eq(activities.part, given('part')))),
      (taskId: number, part: number) => ({ taskId, part }),
    ),
    /** The people whose evidence on a task was approved, in that order, after the first `offset`. */
    contributors: all(
      db
        .select({ participantId: persons.participantId, at: reviews.at })
        .from(claims)
        .innerJoin(
          evidence,
          and(eq(evidence.claimId, claims.id), sql`${evidence.state} = 'approved'`),
        )
        .innerJoin(reviews, eq(reviews.evidenceId, evidence.id))
        .innerJoin(persons, eq(persons.id, claims.personId))
        .where(and(eq(claims.taskId, given('taskId')), sql`${claims.state} = 'verified'`))
        .orderBy(asc(reviews.id))
        .limit(p('limit'))
        .offset(p('offset')),
      (taskId: number, offset: number, limit: number) => ({ taskId, offset, limit }),
    ),
    /** Tasks whose records do not name everybody yet. */
    tasksToRecord: list(
      db
        .select({ value: tasks.id })
        .from(tasks)
        .where(sql`${tasks.verified} > ${tasks.recorded}`)
        .orderBy(asc(tasks.id))
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
  };
}

/** The records of the work done on tasks, written. */
export function activitiesWrites(db: Database) {
  return {
    /** Adds a part's record, or a new version of it. */
    put: run(
      db
        .insert(activities)
        .values(placeholders('taskId', 'part', 'rkey', 'cid', 'contributors', 'createdAt'))
        .onConflictDoUpdate({
          target: [activities.taskId, activities.part],
          set: replacing(activities, 'cid', 'contributors'),
        }),
      (activity: Activity) => activity,
    ),
    /** Sets how many people the records of a task name by now. */
    setRecorded: run(
      db
        .update(tasks)
        .set(changes('recorded'))
        .where(eq(tasks.id, given('id'))),
      (id: number, recorded: number) => ({ id, recorded }),
    ),
  };
}
