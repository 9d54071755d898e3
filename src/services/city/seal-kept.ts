import type { Context } from '../context.ts';
import { hideAuthor } from '../people/hide-author.ts';

/** Says that nothing private is kept in the clear any more. */
const SEALED = 'city-sealed';

/** Seals what an earlier version kept in the clear, once; in a new database that is nothing. */
export function sealKept(context: Context): void {
  const { tx, keys } = context;
  if (tx.cursors.get(SEALED) !== undefined) return;
  tx.sealing.sealAll(keys.sealText, (id) => hideAuthor(context, id));
  tx.cursors.put(SEALED, '1');
}
