import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { cursors } from './schema/index.ts';
import { given, placeholders, replacing, run, value } from './statements.ts';

/** The name of the value that says whose database this is. */
export const CITY_DID = 'city-did';
/** The name of the time (ms) at which the database was made again from the public record. */
export const RESTORED_AT = 'restored-at';
/** The name of the time (ms) at which the city began to answer after that. */
export const ANSWERING_SINCE = 'answering-since';

/** The name of what is counted of all the work in the city (`services/city/count-work.ts`). */
export const CITY_WORK = 'city-work';

/** The name of the list of closed tasks that people are still to be released from. */
export const TASKS_TO_RELEASE = 'tasks-to-release';

/** The name of the keys of names, sealed, once the `SECRET_KEY` was changed. */
export const NAMES_KEYS = 'names-keys';

/** Small named values, read: where a reader stands, a stored session. */
export function cursorsReads(db: Database) {
  return {
    get: value(
      db
        .select({ value: cursors.value })
        .from(cursors)
        .where(eq(cursors.name, given('name'))),
      (name: string) => ({ name }),
    ),
  };
}

/** Small named values, written. */
export function cursorsWrites(db: Database) {
  return {
    put: run(
      db
        .insert(cursors)
        .values(placeholders('name', 'value'))
        .onConflictDoUpdate({ target: cursors.name, set: replacing(cursors, 'value') }),
      (name: string, text: string) => ({ name, value: text }),
    ),
  };
}
