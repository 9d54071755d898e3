/** Puts records in the queue to the city's repository, inside the transaction that decided them. */
import type { NewRecord } from '../store/records.ts';
import { encodeRecord } from './encode.ts';
import type { Collection, RecordValues } from './kinds/index.ts';
import { recordUri, type StrongRef } from './strong-ref.ts';

/** What staging needs of a transaction. */
type StagingTx = {
  readonly records: { readonly stage: (record: NewRecord) => number };
};

/**
 * Stages a new record, or a new version of one, and answers the reference to it: the CID is known
 * before anything is published. Throws when the record does not fit its lexicon.
 */
export type Stage = <C extends Collection>(
  tx: StagingTx,
  operation: 'create' | 'update',
  collection: C,
  rkey: string,
  value: RecordValues[C],
  /** When it was decided (ms), the same for all that was decided together; else now. */
  decidedAt?: number,
) => StrongRef;

/** Staging for the repository of `did`; `now` gives the time in ms. */
export function createStaging(city: { readonly did: string; readonly now: () => number }): Stage {
  return (tx, operation, collection, rkey, value, decidedAt = city.now()) => {
    const { cid, json } = encodeRecord(collection, value);
    tx.records.stage({
      collection,
      rkey,
      operation,
      cid,
      value: json,
      stagedAt: decidedAt,
    });
    return { uri: recordUri(city.did, collection, rkey), cid };
  };
}
