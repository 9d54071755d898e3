// A record in the queue to the repository, by its place in it.
import type { NewRecord } from '../../src/store/records.ts';
import type { Tx } from '../../src/store/store.ts';

/** Puts a record in the queue and answers its place there. */
export function stage(records: Pick<Tx['records'], 'stage' | 'newest'>, record: NewRecord): number {
  records.stage(record);
  const [newest] = records.newest(1);
  if (newest === undefined) throw new Error('stage: the record is not there');
  return newest.seq;
}
