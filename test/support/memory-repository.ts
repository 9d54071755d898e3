// A repository in memory that answers as a PDS does, and fails as one does.
import { type Answer, answered, refused, uncertain } from '../../src/account/answer.ts';
import type { Repository } from '../../src/account/repository.ts';
import { cidOfRecord } from '../../src/lib/cid.ts';

/** `late`: nobody hears of the request, which takes effect just before the next one. */
export type MemoryFault = 'none' | 'before' | 'after' | 'late';

type Write = {
  readonly $type: string;
  readonly collection: string;
  readonly rkey: string;
  readonly value?: object;
};

/** A commit: what it wrote, and the CID of every record once it was there. */
export type MemoryCommit = {
  readonly writes: readonly Write[];
  readonly records: ReadonlyMap<string, string>;
};

export function createMemoryRepository(did: string) {
  const faults: MemoryFault[] = [];
  const commits: MemoryCommit[] = [];
  let records: ReadonlyMap<string, string> = new Map();
  let late: (() => void) | undefined;

  function apply(writes: readonly Write[], swapCommit: string | undefined) {
    if (swapCommit !== undefined && swapCommit !== `commit-${commits.length}`) {
      return refused('InvalidSwap', 'There is another commit.');
    }
    const changed = new Map(records);
    const cids: (string | undefined)[] = [];
    for (const { $type, collection, rkey, value } of writes) {
      const key = `${collection}/${rkey}`;
      const isNew = $type.endsWith('#create');
      if (changed.has(key) === isNew) {
        return refused('InvalidRequest', `${key} is ${isNew ? 'there' : 'not there'}.`);
      }
      const cid = value && cidOfRecord(value);
      cids.push(cid);
      if (cid === undefined) changed.delete(key);
      else changed.set(key, cid);
    }
    records = changed;
    commits.push({ writes, records });
    return answered(cids);
  }

  const repository: Repository = {
    did,
    applyWrites: async (json, swapCommit): Promise<Answer<readonly (string | undefined)[]>> => {
      late?.();
      late = undefined;
      const fault = faults.shift() ?? 'none';
      const attempt = () => apply(JSON.parse(json), swapCommit);
      if (fault === 'late') late = () => void attempt();
      if (fault === 'late' || fault === 'before') return uncertain('no answer');
      const answer = attempt();
      return fault === 'after' ? uncertain('no answer') : answer;
    },
    currentCid: async (collection, rkey) => answered(records.get(`${collection}/${rkey}`)),
    head: async () => answered(`commit-${commits.length}`),
    upload: async () => refused('NotHere', 'There are no pictures here.'),
    hasPicture: async () => answered(false),
    pointsLeft: () => Number.POSITIVE_INFINITY,
    pointsAt: () => 0,
  };
  return { repository, faults, commits, records: () => records };
}
