import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { claims, evidence, reviews, tasks, transfers } from './schema/index.ts';
import { all, changes, given, list, p, run } from './statements.ts';

const DECISION = {
  rkey: reviews.rkey,
  decision: reviews.decision,
  at: reviews.at,
  /** What was issued on it; null for nothing. */
  issued: transfers.amount,
};

// A review issues under the number of its evidence.
const isIssuedOn = eq(transfers.id, sql`'issue:' || ${reviews.evidenceId}`);
const isFinished = sql`(${tasks.state} = 'closed'
  or coalesce(${tasks.endsAt}, ${tasks.startsAt} + ${given('lastsMs')}) <= ${given('now')})`;
const hasNothingWaiting = sql`not exists (select 1 from ${claims}
  join ${evidence} on ${evidence.claimId} = ${claims.id} and ${evidence.state} = 'pending'
  where ${claims.taskId} = ${tasks.id})`;

/** The reviews that public evaluations sum up, read. */
export function reviewsReads(db: Database) {
  return {
    /** The decisions about the evidence for a task, in the order in which they were made. */
    onTask: all(
      db
        .select(DECISION)
        .from(claims)
        .innerJoin(evidence, eq(evidence.claimId, claims.id))
        .innerJoin(reviews, eq(reviews.evidenceId, evidence.id))
        .leftJoin(transfers, isIssuedOn)
        .where(eq(claims.taskId, given('taskId')))
        .orderBy(asc(reviews.id)),
      (taskId: number) => ({ taskId }),
    ),
    /** The decisions from `from` until `until` (ms, not in it), in the order in which they were made. */
    between: all(
      db
        .select(DECISION)
        .from(reviews)
        .leftJoin(transfers, isIssuedOn)
        .where(sql`${reviews.at} >= ${given('from')} and ${reviews.at} < ${given('until')}`)
        .orderBy(asc(reviews.id)),
      (from: number, until: number) => ({ from, until }),
    ),
    /**
     * Finished tasks whose evaluation does not tell of every decision: closed, or over at `now` (ms), with
     * no evidence that waits; one that has an evaluation gets the new one at once. A task without an
     * end lasts `lastsMs`.
     */
    tasksToEvaluate: list(
      db
        .select({ value: tasks.id })
        .from(tasks)
        .where(
          and(
            sql`${tasks.reviewed} > ${tasks.evaluated}`,
            isFinished,
            sql`(${tasks.evaluated} > 0 or ${hasNothingWaiting})`,
          ),
        )
        .orderBy(asc(tasks.id))
        .limit(p('limit')),
      (now: number, lastsMs: number, limit: number) => ({ now, lastsMs, limit }),
    ),
    /** Evidence that waits, after the number `after`, oldest first. */
    waitingAfter: all(
      db
        .select()
        .from(evidence)
        .where(and(sql`${evidence.state} = 'pending'`, gt(evidence.id, given('after'))))
        .orderBy(asc(evidence.id))
        .limit(p('limit')),
      (after: number, limit: number) => ({ after, limit }),
    ),
  };
}

/** How many decisions there are on a task, written. */
export function reviewsWrites(db: Database) {
  return {
    /** Counts one more decision about the evidence for a task. */
    count: run(
      db
        .update(tasks)
        .set({
          reviewed: sql`${tasks.reviewed} + 1`,
          verified: sql`${tasks.verified} + ${p('approved')}`,
        })
        .where(eq(tasks.id, given('taskId'))),
      (taskId: number, isApproved: boolean) => ({ taskId, approved: isApproved ? 1 : 0 }),
    ),
    /** Sets of how many decisions the evaluation of a task tells. */
    setEvaluated: run(
      db
        .update(tasks)
        .set(changes('evaluated'))
        .where(eq(tasks.id, given('taskId'))),
      (taskId: number, evaluated: number) => ({ taskId, evaluated }),
    ),
  };
}
