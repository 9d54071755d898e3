/**
 * Finds out what became of a batch after a failure that does not tell, or after a crash. Commits
 * are all or nothing and come in order, so what is in the repository is always a beginning of what
 * waits: few records need to be looked at.
 */
import type { RecordRow } from '../store/records.ts';
import { type Answer, answered, refused } from './answer.ts';
import type { Repository } from './repository.ts';
import { recordUri } from './strong-ref.ts';

/**
 * How many of the rows, counted from the first, stand in the repository as they should. Refused as
 * `Conflict` when something else stands under a key that was chosen for a new record.
 */
export async function countPublished(
  rows: readonly RecordRow[],
  repository: Pick<Repository, 'did' | 'currentCid'>,
): Promise<Answer<number>> {
  const isPublished = async (row: RecordRow): Promise<Answer<boolean>> => {
    const current = await repository.currentCid(row.collection, row.rkey);
    if (current.kind !== 'ok') return current;
    if (row.operation === 'delete') return answered(current.value === undefined);
    if (row.operation === 'create' && current.value !== undefined && current.value !== row.cid) {
      const uri = recordUri(repository.did, row.collection, row.rkey);
      return refused('Conflict', `Something else stands at ${uri}.`);
    }
    return answered(current.value === row.cid);
  };

  // An update that changes nothing looks published before it is; a new record cannot.
  const creates = [...rows.keys()].filter((at) => rows[at]?.operation === 'create');
  let low = 0;
  let high = creates.length;
  // First the first, then the last: most often nothing was published, or everything.
  for (let looks = 0; low < high; looks += 1) {
    const middle = looks === 0 ? low : looks === 1 ? high - 1 : Math.floor((low + high) / 2);
    const found = await isPublished(rows[creates[middle] as number] as RecordRow);
    if (found.kind !== 'ok') return found;
    if (found.value) low = middle + 1;
    else high = middle;
  }
  const end = creates[low] ?? rows.length;
  let published = low === 0 ? 0 : (creates[low - 1] as number) + 1;
  for (; published < end; published += 1) {
    const found = await isPublished(rows[published] as RecordRow);
    if (found.kind !== 'ok') return found;
    if (!found.value) break;
  }
  return answered(published);
}
