import { eq, sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { given } from './given.ts';
import { places } from './schema/index.ts';

const p = sql.placeholder;

export type Place = typeof places.$inferSelect;

/** Places, read. */
export function placesReads(db: Database) {
  const byId = db
    .select()
    .from(places)
    .where(eq(places.id, given('id')))
    .prepare();
  const byWords = db
    .select()
    .from(places)
    .where(eq(places.folded, given('folded')))
    .prepare();
  return {
    get: (id: number): Place | undefined => byId.get({ id }),
    /** By the folded words. */
    byWords: (folded: string): Place | undefined => byWords.get({ folded }),
  };
}

/** Places, written. */
export function placesWrites(db: Database) {
  const add = db
    .insert(places)
    .values({
      folded: p('folded'),
      name: p('name'),
      rkey: p('rkey'),
      cid: p('cid'),
      createdAt: p('createdAt'),
    })
    .returning()
    .prepare();
  return {
    add: (place: Omit<Place, 'id'>): Place => add.get(place) as Place,
  };
}
