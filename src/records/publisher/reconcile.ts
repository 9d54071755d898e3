/**
 * Finds out what became of a batch after a failure that does not tell, or after a crash. Commits
 * are all or nothing and come in order, so what is in the repository is a beginning of what waits
 * and few records need to be looked at; unless somebody else changes our records, too.
 */

import { type Answer, answered, type Refused, refused } from '../../account/answer.ts';
import type { Repository } from '../../account/repository.ts';
import type { RecordRow } from '../../store/records.ts';
import { recordUri } from '../strong-ref.ts';
import { composeBatch, wholeDecisions } from './batch.ts';
import { mark } from './publish.ts';
import { isPutBack, isThere } from './standing.ts';
import type { State } from './state.ts';
import { oneVersionEach } from './versions.ts';

type Readable = Pick<Repository, 'did' | 'currentCid'>;

/** Whether a CID is that of a later version of the record. */
type IsLater = (row: RecordRow, cid: string) => boolean;

/** A later version can only stand there when the row was left out for it, and so is done with. */
function isThereOrReplaced(row: RecordRow, current: string | undefined, isLater: IsLater): boolean {
  return isThere(row, current) || (current !== undefined && isLater(row, current));
}

const isTaken = (row: RecordRow, current: string | undefined): boolean =>
  row.operation === 'create' && !isPutBack(row) && current !== undefined;

const conflict = (row: RecordRow, did: string): Refused =>
  refused(
    'Conflict',
    `Something else stands at ${recordUri(did, row.collection, row.rkey)}, where a new record of ` +
      'the city belongs. It is of another program, or of an earlier database. Remove it there.',
  );

/**
 * How many of the rows, of which no two have the same key, stand in the repository as they should,
 * counted from the first; or are replaced there by a later version. Refused as
 * `Conflict` when something else stands under a key that was chosen for a new record.
 */
export async function countPublished(
  rows: readonly RecordRow[],
  repository: Readable,
  isLater: IsLater,
): Promise<Answer<number>> {
  const isPublished = async (row: RecordRow): Promise<Answer<boolean>> => {
    const current = await repository.currentCid(row.collection, row.rkey);
    if (current.kind !== 'ok') return current;
    if (isThereOrReplaced(row, current.value, isLater)) return answered(true);
    return isTaken(row, current.value) ? conflict(row, repository.did) : answered(false);
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

/** What is to be done for a row so that its version stands, where `current` does now. */
function operationFor(row: RecordRow, current: string | undefined): RecordRow['operation'] {
  if (row.operation === 'delete') return 'delete';
  if (current === undefined) return 'create';
  return isPutBack(row) ? 'update' : row.operation;
}

/**
 * Looks at one row after the other, of which no two have the same key: as many as can be read, one
 * at least. The PDS fails at a whole batch for one record that is not as we left it, and does not
 * say which. Refused as `countPublished`.
 */
export async function compareEach(
  rows: readonly RecordRow[],
  repository: Readable,
  isLater: IsLater,
) {
  /** They stand there as they should, or a later version does. */
  const there: RecordRow[] = [];
  /** These are to be written; a version of a record that is gone as a new record. */
  const missing: RecordRow[] = [];
  /** The addresses of records of ours that are gone, or are not as we left them. */
  const removed: string[] = [];
  const changed: string[] = [];
  for (const row of rows) {
    const current = await repository.currentCid(row.collection, row.rkey);
    if (current.kind !== 'ok') {
      if (there.length + missing.length > 0) break;
      return current;
    }
    if (isThereOrReplaced(row, current.value, isLater)) {
      there.push(row);
      continue;
    }
    if (isTaken(row, current.value)) {
      // Those before it are not to wait for somebody to remove it.
      if (there.length + missing.length > 0) break;
      return conflict(row, repository.did);
    }
    const uri = recordUri(repository.did, row.collection, row.rkey);
    const operation = operationFor(row, current.value);
    if (operation === 'create' && (row.operation === 'update' || isPutBack(row))) removed.push(uri);
    if (operation === 'update' && isPutBack(row)) changed.push(uri);
    missing.push({ ...row, operation });
  }
  return answered({ there, missing, removed, changed });
}

/** What is looked at together: one version of each record, so that each tells of a commit alone. */
function toCompare(rows: readonly RecordRow[]): readonly RecordRow[] {
  const each = oneVersionEach(rows);
  return wholeDecisions(each, rows[each.length]);
}

async function markAll(state: State, rows: readonly RecordRow[]): Promise<void> {
  const published = composeBatch(rows, Number.POSITIVE_INFINITY);
  if (published !== undefined) await mark(state, published);
}

/** Marks what an unclear end left in the repository: answers how many of the next batch it has. */
export async function findPublished(
  state: State,
  rows: readonly RecordRow[],
): Promise<Answer<number>> {
  const { repository, store } = state.settings;
  const some = toCompare(rows);
  const found = await countPublished(some, repository, store.read.records.isLaterVersion);
  if (found.kind !== 'ok') return found;
  // When all of them are there, the next ones may be there as well.
  state.isDoubtful = found.value === some.length;
  await markAll(state, rows.slice(0, found.value));
  return found;
}

/** Looks at each record of the next batch, marks what is there, and answers what is to be written. */
export async function findMissing(
  state: State,
  rows: readonly RecordRow[],
): Promise<Answer<readonly RecordRow[]>> {
  const { repository, log, store } = state.settings;
  const { isLaterVersion } = store.read.records;
  const found = await compareEach(toCompare(rows), repository, isLaterVersion);
  if (found.kind !== 'ok') return found;
  const { there, missing, removed, changed } = found.value;
  if (removed.length + changed.length > 0) {
    const what = 'Records of the city are gone from its repository or changed; they are put back.';
    log.warn({ removed, changed }, what);
  }
  // Where some are there, the next ones may be there as well.
  state.isDoubtful = there.length > 0;
  await markAll(state, there);
  return answered(missing);
}
