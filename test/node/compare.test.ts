import { expect, it } from 'vitest';
import { withDatabase } from '#test-store';
import { compareRecords } from '../../src/node/self-audit/compare.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import { recordsReads, recordsWrites } from '../../src/store/records.ts';
import { stage } from '../support/staged.ts';

const BEFORE = 1000;

type Version = {
  readonly cid: string;
  readonly operation?: 'create' | 'update' | 'delete';
  /** When it was published; left out while it waits. */
  readonly at?: number;
};

/** Compares a database with these versions of records with a repository that has these CIDs. */
const compared = (
  versions: Readonly<Record<string, readonly Version[]>>,
  there: Readonly<Record<string, string>>,
  limit = 1000,
) =>
  withDatabase((db) => {
    const records = { ...recordsReads(db), ...recordsWrites(db) };
    const names = new Map<number, string>();
    for (const [rkey, all] of Object.entries(versions)) {
      for (const [
        index,
        { cid, operation = index === 0 ? 'create' : 'update', at },
      ] of all.entries()) {
        const row = {
          collection: COLLECTIONS.claim,
          rkey,
          operation,
          cid,
          value: '{}',
          stagedAt: 1,
        };
        const seq = stage(records, row);
        names.set(seq, `${rkey} ${cid}`);
        if (at !== undefined) records.markPublished([seq], at);
      }
    }
    const rkeys = Object.keys(there).toSorted();
    const repository = {
      collections: new Map([[COLLECTIONS.claim, { rkeys, blocks: rkeys.map((_, at) => at) }]]),
      find: (_collection: string, rkey: string) => rkeys.indexOf(rkey),
      cid: (_keys: unknown, at: number) => there[rkeys[at] ?? ''] ?? '',
    };
    const { missing, changed, unknown } = compareRecords(repository as never, records, {
      before: BEFORE,
      limit,
    });
    const named = (seqs: readonly number[]) => seqs.map((seq) => names.get(seq));
    return { missing: named(missing), changed: named(changed), unknown };
  });

it('tells what is gone, what was changed, and what nobody here knows', async () => {
  const versions = {
    gone: [{ cid: 'a', at: 1 }],
    kept: [{ cid: 'b', at: 1 }],
    changed: [
      { cid: 'c', at: 1 },
      { cid: 'd', at: 2 },
    ],
    older: [
      { cid: 'e', at: 1 },
      { cid: 'f', at: 2 },
    ],
  };
  const there = { kept: 'b', changed: 'other', older: 'e', strange: 'g', stranger: 'h' };
  expect(await compared(versions, there)).toEqual({
    missing: ['gone a'],
    changed: ['changed d', 'older f'],
    unknown: 2,
  });
});

it('takes nothing that is on its way for a difference', async () => {
  const versions = {
    // Published while the repository was fetched.
    young: [{ cid: 'a', at: BEFORE }],
    // In the repository, and nobody has noted it.
    unmarked: [{ cid: 'b' }],
    // The old version is there still, or the new one already.
    replaced: [{ cid: 'c', at: 1 }, { cid: 'd' }],
    replacing: [
      { cid: 'e', at: 1 },
      { cid: 'f', at: BEFORE + 1 },
    ],
    waiting: [{ cid: 'g' }],
    taken: [
      { cid: 'h', at: 1 },
      { cid: '', operation: 'delete' as const, at: 2 },
    ],
  };
  const there = { unmarked: 'b', replaced: 'c', replacing: 'f' };
  const none = { missing: [], changed: [], unknown: 0 };
  expect(await compared(versions, there)).toEqual(none);
  expect(await compared(versions, { ...there, replaced: 'd', replacing: 'e' })).toEqual(none);
});

it('goes through any number of records, and tells no more than it may', async () => {
  const names = Array.from({ length: 1203 }, (_, at) => `k${String(at).padStart(5, '0')}`);
  const versions = Object.fromEntries(names.map((name) => [name, [{ cid: name, at: 1 }]]));
  const whole = Object.fromEntries(names.map((name) => [name, name]));
  expect(await compared(versions, whole)).toEqual({ missing: [], changed: [], unknown: 0 });
  const { missing } = await compared(versions, {});
  expect(missing).toHaveLength(1000);
  expect((await compared(versions, {}, 10)).missing).toHaveLength(10);
});
