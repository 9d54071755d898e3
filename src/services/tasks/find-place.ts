import { foldWords } from '../../lib/text.ts';
import type { Place } from '../../store/places.ts';
import type { Context } from '../context.ts';

/**
 * The place with this id; without one, the place that people call by these words, in whatever
 * case, accents and punctuation. A place gets a public record when it is first named.
 */
export function findOrAddPlace(context: Context, words: string, id: number | null = null): Place {
  const { tx, now, records } = context;
  // Words without a letter or digit, such as a symbol, stand for themselves.
  const folded = foldWords(words) || words.trim();
  const known = id === null ? tx.places.byWords(folded) : tx.places.get(id);
  if (known !== undefined) return known;
  const { rkey, cid } = records.create('location', { name: words, createdAt: now });
  return tx.places.add({ folded, name: words, rkey, cid, createdAt: now });
}
