/** Places by the words that people use for them, each with a public record of its own. */
import { foldWords } from '../../lib/text.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import { type StrongRef, strongRef } from '../../records/strong-ref.ts';
import type { Place } from '../../store/places.ts';
import type { Context } from '../context.ts';

/** The public record of a place. */
export const locationOf = (context: Context, place: Place): StrongRef =>
  strongRef(context.did, COLLECTIONS.location, place.rkey, place.cid);

/**
 * The place with this id; without one, the place that people call by these words, in whatever
 * case, accents and punctuation. It is written down when it is first named.
 */
export function placeOf(context: Context, words: string, id: number | null = null): Place {
  const { tx, now } = context;
  // Words without a letter or digit, such as a symbol, stand for themselves.
  const folded = foldWords(words) || words.trim();
  const known = id === null ? tx.places.byWords(folded) : tx.places.get(id);
  if (known !== undefined) return known;
  const rkey = context.newTid();
  const record = KINDS.location.build({ name: words, createdAt: now });
  const { cid } = context.stage(tx, 'create', COLLECTIONS.location, rkey, record);
  return tx.places.add({ folded, name: words, rkey, cid, createdAt: now });
}
