import { desc, lte } from 'drizzle-orm';
import type { Database } from './database.ts';
import { unanswered } from './schema/index.ts';
import { all, COUNT, count, given, p, placeholders, run } from './statements.ts';

/** Messages from before the database was restored, read. */
export function unansweredReads(db: Database) {
  return {
    count: count(db.select(COUNT).from(unanswered)),
    /** The newest of them, by when they were sent (ms). */
    newest: all(
      db
        .select({ channel: unanswered.channel, sentAt: unanswered.sentAt })
        .from(unanswered)
        .orderBy(desc(unanswered.sentAt), desc(unanswered.id))
        .limit(p('limit')),
      (limit: number) => ({ limit }),
    ),
  };
}

/** Messages from before the database was restored, written. */
export function unansweredWrites(db: Database) {
  return {
    add: run(
      db.insert(unanswered).values(placeholders('channel', 'sentAt')),
      (channel: string, sentAt: number) => ({ channel, sentAt }),
    ),
    /** Forgets those that were sent before a time (ms). */
    forget: run(
      db.delete(unanswered).where(lte(unanswered.sentAt, given('before'))),
      (before: number) => ({ before }),
    ),
  };
}
