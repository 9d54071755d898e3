import { eq } from 'drizzle-orm';
import type { Database } from './database.ts';
import { places } from './schema/index.ts';
import { get, given, placeholders, row } from './statements.ts';

export type Place = typeof places.$inferSelect;

const isThis = eq(places.id, given('id'));
const hasWords = eq(places.folded, given('folded'));

/** Places, read. */
export function placesReads(db: Database) {
  return {
    get: get(db.select().from(places).where(isThis), (id: number) => ({ id })),
    /** By the folded words. */
    byWords: get(db.select().from(places).where(hasWords), (folded: string) => ({ folded })),
  };
}

/** Places, written. */
export function placesWrites(db: Database) {
  return {
    add: row(
      db
        .insert(places)
        .values(placeholders('folded', 'name', 'rkey', 'cid', 'createdAt'))
        .returning(),
      (place: Omit<Place, 'id'>) => place,
    ),
  };
}
