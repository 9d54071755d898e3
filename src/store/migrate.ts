import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

type Journal = { readonly entries: readonly { readonly when: number }[] };

/** When the newest migration was written (ms). */
export const newestOf = ({ entries }: Journal): number =>
  Math.max(...entries.map((entry) => entry.when));

/** When the newest migration was made that a database has; undefined for one without any. */
function migratedTo(db: Database): number | undefined {
  const exists = db.all(
    sql`select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'`,
  );
  if (exists.length === 0) return undefined;
  const [last] = db.all<{ at: number | null }>(
    sql`select max(created_at) as at from __drizzle_migrations`,
  );
  return last?.at == null ? undefined : Number(last.at);
}

/** Throws when the database has been migrated further than this program knows. */
export function refuseNewerDatabase(db: Database, journal: Journal): void {
  const at = migratedTo(db);
  if (at === undefined || at <= newestOf(journal)) return;
  throw new Error(
    'The database was written by a newer version of City/Sync. Start that version, or restore a backup made by this one.',
  );
}

/** Throws when there is no database of a city, or one that an older version left. */
export function refuseOlderDatabase(db: Database, journal: Journal): void {
  const at = migratedTo(db);
  if (at === undefined) throw new Error('This is not the database of a city.');
  if (at >= newestOf(journal)) return;
  throw new Error(
    'The database was written by an older version of City/Sync. Start the city once, so that it is brought up to date.',
  );
}
