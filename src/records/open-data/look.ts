/** Names and numbers from the records that a record refers to, so that rows can be read alone. */
import { createMemo } from '../../lib/memo.ts';
import type { RecordRow } from '../../store/records.ts';
import { COLLECTIONS, type Collection, type RecordValues } from '../kinds/index.ts';
import { recordUri } from '../strong-ref.ts';

/** Many rows in a row name the same task, offer or partner; what is kept of each is small. */
const KEPT = 1000;

export type Look = ReturnType<typeof createLook>;

/**
 * `recordOf` finds a record by its key, as of the moment that the file tells of. Everything is
 * undefined where the address leads to no record of this repository.
 */
export function createLook(
  did: string,
  recordOf: (collection: string, rkey: string) => RecordRow | undefined,
) {
  function valueAt<C extends Collection>(collection: C, uri: string): RecordValues[C] | undefined {
    const folder = recordUri(did, collection, '');
    if (!uri.startsWith(folder)) return undefined;
    const row = recordOf(collection, uri.slice(folder.length));
    if (row === undefined || row.operation === 'delete') return undefined;
    return JSON.parse(row.value) as RecordValues[C];
  }
  const named = (value: { readonly number?: number; readonly title: string } | undefined) =>
    value && { number: value.number, title: value.title };
  const task = createMemo(KEPT, (uri: string) => named(valueAt(COLLECTIONS.task, uri)));
  // Several columns of one row ask for the same; rows seldom do.
  const work = createMemo(1, (evidence: string) => {
    const claims = recordUri(did, COLLECTIONS.claim, '');
    const subjects = valueAt(COLLECTIONS.evidence, evidence)?.subjects ?? [];
    const claimRef = subjects.find(({ uri }) => uri.startsWith(claims));
    if (claimRef === undefined) return undefined;
    const claim = valueAt(COLLECTIONS.claim, claimRef.uri);
    const taskUri = claim?.task.uri;
    return {
      claim: claimRef.uri,
      participant: claim?.participant,
      taskUri,
      task: taskUri === undefined ? undefined : task(taskUri),
    };
  });
  return {
    partnerName: createMemo(KEPT, (uri: string) => valueAt(COLLECTIONS.partner, uri)?.name),
    task,
    offer: createMemo(KEPT, (uri: string) => named(valueAt(COLLECTIONS.offer, uri))),
    transfer: createMemo(1, (uri: string) => valueAt(COLLECTIONS.transfer, uri)),
    /** The work that a piece of evidence, by its address, is about. */
    work: (evidence: string | undefined) => (evidence === undefined ? undefined : work(evidence)),
  };
}
