import { and, asc, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { activities, claims, evidence, persons, reviews, tasks } from './schema/index.ts';

const p = sql.placeholder;

export type Activity = typeof activities.$inferSelect;

/** The records of the work done on tasks, and who did it, read. */
export function activitiesReads(db: Database) {
  const contributors = db
    .select({ participantId: persons.participantId, at: reviews.at })
    .from(claims)
    .innerJoin(evidence, and(eq(evidence.claimId, claims.id), sql`${evidence.state} = 'approved'`))
    .innerJoin(reviews, eq(reviews.evidenceId, evidence.id))
    .innerJoin(persons, eq(persons.id, claims.personId))
    .where(and(eq(claims.taskId, given('taskId')), sql`${claims.state} = 'verified'`))
    .orderBy(asc(reviews.id))
    .limit(p('limit'))
    .offset(p('offset'))
    .prepare();
  const unrecorded = db
    .select({ id: tasks.id })
    .from(tasks)
    .where(sql`${tasks.verified} > ${tasks.recorded}`)
    .orderBy(asc(tasks.id))
    .limit(p('limit'))
    .prepare();
  return {
    /** Whose evidence on a task was approved, in the order of the approvals, after the first `offset`. */
    contributors: (taskId: number, offset: number, limit: number) =>
      contributors.all({ taskId, offset, limit }),
    /** Tasks whose records do not name everybody yet. */
    tasksToRecord: (limit: number): number[] => unrecorded.all({ limit }).map(({ id }) => id),
  };
}

/** The records of the work done on tasks, written. */
export function activitiesWrites(db: Database) {
  const put = db
    .insert(activities)
    .values({
      taskId: p('taskId'),
      part: p('part'),
      rkey: p('rkey'),
      cid: p('cid'),
      contributors: p('contributors'),
      createdAt: p('createdAt'),
    })
    .onConflictDoUpdate({
      target: [activities.taskId, activities.part],
      set: { cid: sql`excluded.cid`, contributors: sql`excluded.contributors` },
    })
    .prepare();
  const setRecorded = db
    .update(tasks)
    .set({ recorded: sql`${p('count')}` })
    .where(eq(tasks.id, given('id')))
    .prepare();
  return {
    /** A part's record, or a new version of it. */
    put: (activity: Activity) => put.run(activity),
    /** How many people the records of a task name by now. */
    setRecorded: (taskId: number, count: number) => setRecorded.run({ id: taskId, count }),
  };
}
