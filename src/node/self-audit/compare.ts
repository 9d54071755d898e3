/** Compares a repository with the database that it was written from, record by record. */
import type { Repository } from '../../audit/repository.ts';
import { COLLECTION_NAMES } from '../../records/kinds/index.ts';
import type { Reads } from '../../store/store.ts';

const PAGE = 500;
const NO_KEYS = { rkeys: [], blocks: [] };

export type Comparison = {
  /** The places (seq) of the records that are gone, and of those that are not as they were left. */
  readonly missing: readonly number[];
  readonly changed: readonly number[];
  /** How many records of the city's kinds the database does not know. */
  readonly unknown: number;
};

/**
 * Looks at every record that was published before `before` (ms) and not changed since. The repository
 * has to be one of after `before`, and the database one of after the repository: so what is on its
 * way in between is no difference. At most `limit` of either sort are told.
 */
export function compareRecords(
  repository: Pick<Repository, 'collections' | 'find' | 'cid'>,
  records: Pick<Reads['records'], 'allAsOf' | 'get'>,
  { before, limit }: { readonly before: number; readonly limit: number },
): Comparison {
  const missing: number[] = [];
  const changed: number[] = [];
  let unknown = 0;
  for (const collection of COLLECTION_NAMES) {
    const keys = repository.collections.get(collection) ?? NO_KEYS;
    let found = 0;
    for (let after = ''; ; ) {
      const page = records.allAsOf(collection, Number.MAX_SAFE_INTEGER, after, PAGE);
      for (const { seq, rkey, operation, cid, state, publishedAt } of page) {
        const at = repository.find(collection, rkey);
        if (at >= 0) found += 1;
        if (operation === 'delete' || state !== 'published' || (publishedAt ?? before) >= before) {
          continue;
        }
        if (at < 0) missing.push(seq);
        else if (repository.cid(keys, at) !== cid) changed.push(seq);
      }
      const last = page.at(-1);
      if (last === undefined || missing.length + changed.length > limit) break;
      after = last.rkey;
    }
    if (found === keys.rkeys.length) continue;
    unknown += keys.rkeys.filter((rkey) => records.get(collection, rkey) === undefined).length;
  }
  return { missing: missing.slice(0, limit), changed: changed.slice(0, limit), unknown };
}
