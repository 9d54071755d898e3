import { and, eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { notices } from './schema/index.ts';
import { all, given, isAmong, p, placeholders, run } from './statements.ts';

export type StoredNotice = typeof notices.$inferSelect;

const isOfPerson = eq(notices.personId, given('personId'));
const isOnTask = eq(notices.taskId, given('taskId'));
/** What is only true of how a person stood, or of how a task was. */
const isOfStanding = sql`${notices.kind} not in ('told', 'question', 'answer', 'changed',
  'organizer-hours', 'date-missing')`;

/** What people are to be told of their tasks, read. */
export function noticesReads(db: Database) {
  return {
    /** Everything that waits for people to whom something may be said at `now` (ms), in order. */
    due: all(
      db
        .select()
        .from(notices)
        .where(
          sql`${notices.personId} in (select person_id from ${notices} as one
            where one.due_at <= ${given('now')} order by one.due_at limit ${p('limit')})
            and ${notices.dueAt} <= ${given('now')}`,
        )
        .orderBy(notices.personId, notices.id),
      (now: number, limit: number) => ({ now, limit }),
    ),
  };
}

/** What people are to be told of their tasks, written. */
export function noticesWrites(db: Database) {
  return {
    add: run(
      db
        .insert(notices)
        .values(placeholders('personId', 'taskId', 'kind', 'facts', 'dueAt', 'createdAt')),
      (notice: Omit<StoredNotice, 'id'>) => notice,
    ),
    /** They were said, or their reason is gone. */
    remove: run(db.delete(notices).where(isAmong(notices.id, 'ids')), (ids: readonly number[]) => ({
      ids: JSON.stringify(ids),
    })),
    /** How a person stood on a task is not said any more: they stand otherwise now. */
    dropFor: run(
      db.delete(notices).where(and(isOfPerson, isOnTask, isOfStanding)),
      (personId: number, taskId: number) => ({ personId, taskId }),
    ),
    /** How people stood on a task is not said any more: it has ended. */
    dropOn: run(db.delete(notices).where(and(isOnTask, isOfStanding)), (taskId: number) => ({
      taskId,
    })),
    /** Nothing is said to a person any more, and no question of theirs is passed on. */
    dropOf: run(
      db.delete(notices).where(
        sql`${notices.personId} = ${given('personId')} or (${notices.kind} = 'question'
            and ${notices.facts} ->> '$.participantId' = ${given('participantId')})`,
      ),
      (personId: number, participantId: string) => ({ personId, participantId }),
    ),
  };
}
