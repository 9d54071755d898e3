import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { cursors } from './schema/index.ts';
import { given, placeholders, run } from './statements.ts';

/** The name of the value that says whose database this is. */
export const CITY_DID = 'city-did';

/** Small named values, read: where a reader stands, a stored session. */
export function cursorsReads(db: Database) {
  const byName = db
    .select()
    .from(cursors)
    .where(eq(cursors.name, given('name')))
    .prepare();
  return { get: (name: string): string | undefined => byName.get({ name })?.value };
}

/** Small named values, written. */
export function cursorsWrites(db: Database) {
  return {
    put: run(
      db
        .insert(cursors)
        .values(placeholders('name', 'value'))
        .onConflictDoUpdate({ target: cursors.name, set: { value: sql`excluded.value` } }),
      (name: string, value: string) => ({ name, value }),
    ),
  };
}
