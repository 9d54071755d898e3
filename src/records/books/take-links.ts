/** Reads the next links of the chain with their public records. */
import type { Reckoning, Written } from '../../domain/books.ts';
import { transferKey } from '../../domain/ledger.ts';
import type { Reads } from '../../store/store.ts';
import { COLLECTIONS } from '../kinds/index.ts';

export type BooksReads = Pick<Reads, 'books' | 'ledger' | 'records'>;

/** Takes at most `limit` links after the end of a reckoning; whether there may be more. */
export function takeLinks({ books }: BooksReads, reckoning: Reckoning, limit: number): boolean {
  const { position } = reckoning.end();
  // The last link that was taken is looked at again: the next one is chained to it.
  const [first, ...rest] = books.links(position, limit + 1);
  const links = position === 0 && first !== undefined ? [first, ...rest] : rest;
  if (position > 0) reckoning.confirm(first);
  const keys = links.map(({ timeUs }) => transferKey(timeUs));
  const written = new Map(
    books
      .written(COLLECTIONS.transfer, keys)
      .map(({ rkey, cid, value }): [string, Written] => [rkey, { cid, value: readValue(value) }]),
  );
  for (const [at, link] of links.entries()) reckoning.take(link, written.get(keys[at] ?? ''));
  return links.length >= limit;
}

/** A record that cannot be read has nothing that a link has. */
function readValue(json: string): Written['value'] {
  try {
    return JSON.parse(json);
  } catch {
    return {};
  }
}

/** Looks whether the public record goes on after the last link of the ledger. */
export function checkHead({ records }: BooksReads, reckoning: Reckoning): void {
  const { position, timeUs } = reckoning.end();
  const newest = records.newestKey(COLLECTIONS.transfer);
  if (newest === undefined || (position > 0 && newest <= transferKey(timeUs))) return;
  reckoning.fail({
    sentence: `Transfer #${position + 1} is missing: the public record has it.`,
    position: position + 1,
    upTo: Number.MAX_SAFE_INTEGER,
  });
}
