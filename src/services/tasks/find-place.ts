import { foldPlace } from '../../domain/place.ts';
import type { Place } from '../../store/places.ts';
import type { Context } from '../context.ts';

/**
 * The place with this id; without one, the place that people call by these words, in whatever
 * spelling. A place gets a public record when it is first named.
 */
export function findOrAddPlace(context: Context, words: string, id: number | null = null): Place {
  const { tx, now, records } = context;
  const folded = foldPlace(words);
  const known = id === null ? tx.places.byWords(folded) : tx.places.get(id);
  if (known !== undefined) return known;
  const { rkey, cid } = records.create('location', { name: words, createdAt: now });
  return tx.places.add({ folded, name: words, rkey, cid, createdAt: now });
}
