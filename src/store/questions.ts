import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { questions } from './schema/index.ts';
import { get, given, insert, placeholders, run } from './statements.ts';

type Question = typeof questions.$inferSelect;

/** Questions about tasks, read. */
export const questionsReads = (db: Database) => ({
  get: get(
    db
      .select()
      .from(questions)
      .where(eq(questions.id, given('id'))),
    (id: number) => ({ id }),
  ),
});

/** Questions about tasks, written. */
export const questionsWrites = (db: Database) => ({
  add: insert(
    db
      .insert(questions)
      .values(placeholders('taskId', 'personId', 'askedAt'))
      .returning({ id: questions.id }),
    (question: Omit<Question, 'id'>) => question,
  ),
  /** Forgets who asked what before then (ms). */
  forget: run(
    db.delete(questions).where(sql`${questions.askedAt} < ${given('before')}`),
    (before: number) => ({ before }),
  ),
  /** Nobody can be answered any more who asked it. */
  removeOf: run(
    db.delete(questions).where(eq(questions.personId, given('personId'))),
    (personId: number) => ({ personId }),
  ),
});
