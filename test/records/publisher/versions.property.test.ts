// Records that refer to one another and come in many versions, faults, and a publisher that is killed:
// whoever reads finds the same as if every version had been written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidOfRecord } from '../../../src/lib/cid.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import { createPublisher } from '../../../src/records/publisher/publisher.ts';
import type { RecordRow } from '../../../src/store/records.ts';
import type { Store } from '../../../src/store/store.ts';
import {
  createMemoryRepository,
  type MemoryCommit,
  type MemoryFault,
} from '../../support/memory-repository.ts';
import { createSimulatedTime, untilAborted } from '../../support/publishing.ts';
import { DID } from '../../support/record-facts.ts';
import { expectEarlyReferences, versionsReferredTo } from '../../support/references.ts';
import { runs } from '../../support/runs.ts';
import { withStore } from '../../support/store.ts';

/** One of four records gets a version that refers to others: to the newest, or to what was referred to. */
const decision = fc.record({
  who: fc.nat(3),
  refersTo: fc.array(fc.record({ who: fc.nat(3), isOld: fc.boolean() }), { maxLength: 1 }),
  isWithTheLast: fc.boolean(),
});
const life = fc.record({
  staged: fc.array(decision, { maxLength: 12 }),
  faults: fc.array(fc.constantFrom<MemoryFault>('none', 'before', 'after', 'late'), {
    maxLength: 4,
  }),
  diesAt: fc.constantFrom('never', 'batch.submitted', 'batch.committed', 'batch.marked'),
  pointsPerHour: fc.constantFrom(0, 0, 3, 7, 12),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;

const plain = (...people: number[]): Life['staged'] =>
  people.map((who) => ({ who, refersTo: [], isWithTheLast: false }));

/** The process dies where it found what a lost request wrote, while another one may still arrive. */
const FOUND_WHILE_ANOTHER_IS_LATE: Life[] = [
  { staged: plain(0, 0, 1, 0), faults: ['late'], diesAt: 'batch.marked', pointsPerHour: 12 },
  { staged: [], faults: ['late', 'late'], diesAt: 'batch.marked', pointsPerHour: 0 },
  { staged: plain(1, 0, 0, 2), faults: ['none', 'none'], diesAt: 'batch.marked', pointsPerHour: 0 },
];

/** Stages what was decided, after all that was staged before. */
function createStaging(store: Store) {
  let now = 0;
  const newest = new Map<number, string>();
  const referredTo = new Map<number, string>();
  return (decisions: Life['staged']): void => {
    for (const { who, refersTo, isWithTheLast } of decisions) {
      if (!isWithTheLast) now += 1;
      const refs = refersTo.flatMap(({ who: other, isOld }) => {
        const cid = (isOld ? referredTo : newest).get(other);
        if (cid === undefined || other === who) return [];
        referredTo.set(other, cid);
        return [{ cid }];
      });
      const value = { version: store.read.records.newest(1)[0]?.seq ?? 0, refs };
      const cid = cidOfRecord(value);
      store.transact((tx) =>
        tx.records.stage({
          collection: COLLECTIONS.claim,
          rkey: `record-${who}`,
          operation: newest.has(who) ? 'update' : 'create',
          cid,
          value: JSON.stringify(value),
          stagedAt: now,
        }),
      );
      newest.set(who, cid);
    }
  };
}

type Target = ReturnType<typeof createMemoryRepository>;

/** Publishes until all is done, or the process is killed at its time. */
async function live(store: Store, { repository }: Target, { diesAt, pointsPerHour }: Life) {
  const { clock, wait } = createSimulatedTime();
  let isDead = false;
  const ended = Promise.withResolvers<void>();
  const endIfDone = (): void => {
    if (store.read.records.backlog().count === 0) ended.resolve();
  };
  const errors: unknown[] = [];
  const publisher = createPublisher({
    repository,
    clock,
    budget: { pointsPerHour, pointsPerDay: 0 },
    store: {
      ...store,
      commit: (work) => (isDead ? Promise.reject(new Error('dead')) : store.commit(work)),
    },
    wait: (ms, signal) => (isDead ? untilAborted(signal) : wait(ms, signal)),
    readPicture: async () => undefined,
    removePicture: async () => undefined,
    log: { warn: () => undefined },
    failed: (error) => errors.push(error),
    observe: (step) => {
      if (step === 'batch.marked') endIfDone();
      if (step !== diesAt) return;
      isDead = true;
      ended.resolve();
    },
  });
  publisher.start();
  endIfDone();
  await ended.promise;
  await publisher.stop();
  return errors.filter(() => !isDead);
}

const rowsOf = (store: Store): RecordRow[] => store.read.records.after(0, 10_000);

/** Every record in its newest version. */
const standing = (rows: readonly RecordRow[]) =>
  new Map(rows.map(({ collection, rkey, cid }) => [`${collection}/${rkey}`, cid]));

/** Each commit leaves the repository as the city was after one of its records, never an earlier one. */
function expectInOrder(rows: readonly RecordRow[], commits: readonly MemoryCommit[]): void {
  const states = rows.map((_, place) =>
    JSON.stringify([...standing(rows.slice(0, place + 1))].sort()),
  );
  let at = 0;
  for (const { records } of commits) {
    at = states.indexOf(JSON.stringify([...records].sort()), at);
    expect(at, 'a commit that is no state of the city').toBeGreaterThanOrEqual(0);
  }
}

/** Whoever refers to a version finds it in the same commit, or in one before. */
function expectReferences(commits: readonly MemoryCommit[]): void {
  const seen = new Set<string>();
  for (const { writes, records } of commits) {
    for (const cid of records.values()) seen.add(cid);
    for (const { value } of writes) {
      for (const cid of versionsReferredTo(JSON.stringify(value))) expect(seen).toContain(cid);
    }
  }
}

describe('versions of records that refer to one another', () => {
  it('end as if each had been written, whatever fails in between', async () => {
    const counted = { rows: 0, written: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(life, { minLength: 1, maxLength: 4 }), (lives) =>
        withStore(async (store) => {
          const target = createMemoryRepository(DID);
          const stage = createStaging(store);
          for (const one of [...lives, { ...lives[0], diesAt: 'never' } as Life]) {
            stage(one.staged);
            target.faults.push(...one.faults);
            expect(await live(store, target, one)).toEqual([]);
          }
          const rows = rowsOf(store);
          expectEarlyReferences(rows);
          expect(store.read.records.backlog().count).toBe(0);
          expect(target.records()).toEqual(standing(rows));
          expectInOrder(rows, target.commits);
          expectReferences(target.commits);
          const written = target.commits.flatMap(({ writes }) => writes);
          counted.rows += rows.length;
          counted.written += written.length;
        }),
      ),
      { numRuns: runs(60, 1000), examples: [[FOUND_WHILE_ANOTHER_IS_LATE]] },
    );
    expect(counted.written).toBeLessThan(0.9 * counted.rows);
  });

  it('cost no more than one each where all of them wait and nobody refers to the former ones', () =>
    withStore(async (store) => {
      const target = createMemoryRepository(DID);
      const one = { who: 0, refersTo: [], isWithTheLast: false };
      createStaging(store)([one, one, { ...one, who: 1 }, one]);
      await live(store, target, { staged: [], faults: [], diesAt: 'never', pointsPerHour: 7 });
      expect(target.commits.map(({ writes }) => writes.map(({ $type }) => $type))).toEqual([
        ['com.atproto.repo.applyWrites#create', 'com.atproto.repo.applyWrites#create'],
      ]);
      expect(rowsOf(store).map(({ state }) => state)).toEqual([
        ...['superseded', 'superseded', 'published', 'published'],
      ]);
      // A start after it knows how much of its budget is used.
      const [spent] = store.read.records.publishedCounts(0, 1_000, 10);
      expect(spent).toMatchObject({ creates: 2, updates: 0 });
    }));
});
