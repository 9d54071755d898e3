import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';

type Journal = { readonly entries: readonly { readonly when: number }[] };

/** Throws when the database has been migrated further than this program knows. */
export function refuseNewerDatabase(db: Database, journal: Journal): void {
  const exists = db.all(
    sql`select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'`,
  );
  if (exists.length === 0) return;
  const [newest] = db.all<{ at: number | null }>(
    sql`select max(created_at) as at from __drizzle_migrations`,
  );
  const known = Math.max(...journal.entries.map((entry) => entry.when));
  if (newest?.at != null && Number(newest.at) > known) {
    throw new Error(
      'The database was written by a newer version of City/Sync. Start that version, or restore a backup made by this one.',
    );
  }
}
