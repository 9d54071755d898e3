/** Reads back what the PDS said that it took: one record of each batch, whichever it cannot foresee. */

import { type Answer, answered, refused } from '../../account/answer.ts';
import { recordUri } from '../strong-ref.ts';
import type { Batch } from './batch.ts';
import { isThere } from './standing.ts';
import type { State } from './state.ts';

/** Refused as `NotKept` when the repository does not give out what was written a moment ago. */
export async function readBack(state: State, { written }: Batch): Promise<Answer<void>> {
  const { repository, chance = Math.random } = state.settings;
  const row = written[Math.floor(chance() * written.length)];
  if (row === undefined) return answered(undefined);
  const { collection, rkey } = row;
  const current = await repository.currentCid(collection, rkey);
  if (current.kind !== 'ok') return current;
  if (isThere(row, current.value)) return answered(undefined);
  state.backOff.noteNotKept();
  const uri = recordUri(repository.did, collection, rkey);
  return refused('NotKept', `The PDS said that it had taken ${uri}, and does not give it out.`);
}
