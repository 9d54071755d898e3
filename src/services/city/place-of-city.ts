import type { Where } from '../../domain/about.ts';
import { foldPlace } from '../../domain/place.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';

/**
 * The place that the city says it is at; it gets a public record when it is first named. A place that
 * has a record keeps it, also where other coordinates are said later.
 */
export function placeOfCity(context: Context, { name, coordinates }: Where): StrongRef {
  const { tx, now, records } = context;
  const folded = foldPlace(name);
  const known = tx.places.byWords(folded);
  if (known !== undefined) return records.ref('location', known);
  const { rkey, cid, uri } = records.create('location', {
    name,
    coordinates,
    createdAt: now,
  });
  tx.places.add({ folded, name, rkey, cid, createdAt: now });
  return { uri, cid };
}
