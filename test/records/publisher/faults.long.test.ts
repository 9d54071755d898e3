// A real PDS that fails in every way there is, a publisher that is killed, and 1,000 records.
import fc from 'fast-check';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import type { Wait } from '../../../src/lib/wait.ts';
import type { RecordRow } from '../../../src/store/records.ts';
import { type Fault, type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts';
import { type Commit, readCommits } from '../../support/firehose.ts';
import { type OwnPds, startOwnPds } from '../../support/own-pds.ts';
import {
  type City,
  createKeeper,
  createSimulatedTime,
  expectInOrder,
  newTid,
  publishingTo,
  untilAborted,
} from '../../support/publishing.ts';
import { MORNING, PARTICIPANT, referenceTo } from '../../support/record-facts.ts';
import { fetchRepository } from '../../support/repository.ts';
import { sharedServers } from '../../support/shared-network.ts';

let network: Awaited<ReturnType<typeof sharedServers>>;
let own: OwnPds;
let proxy: FaultyProxy;
let target: ReturnType<typeof publishingTo>;

beforeAll(async () => {
  network = await sharedServers();
});
let accounts = 0;
beforeEach(async () => {
  accounts += 1;
  own = await startOwnPds({ plc: network.plc, handle: `city-${accounts}.test` });
  proxy = await startFaultyProxy(own.pds);
  target = publishingTo(own, () => proxy, createKeeper());
});
afterEach(async () => {
  await proxy.close();
  await own.close();
});

/** Numbers from 0 to 1, the same ones for the same seed. */
function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FAULTS: readonly Fault[] = [
  'drop-before',
  'drop-after',
  'error-before',
  'error-after',
  'error-page',
  'limit',
  'limit-bare',
  'limit-absurd',
  'expired',
];

/** Claims that change, a chain of transfers and pictures, in the order that chance has them. */
function stageMixture(city: City, count: number, chance: () => number): void {
  const claims: { rkey: string; state: 'joined' | 'left' }[] = [];
  const stageClaim = (operation: 'create' | 'update', rkey: string, state: 'joined' | 'left') =>
    city.store.transact((tx) => {
      const claim = { task: referenceTo('task'), participant: PARTICIPANT, createdAt: MORNING };
      const records = city.records(tx);
      if (operation === 'create') records.create('claim', { ...claim, state }, rkey);
      else records.update('claim', { rkey }, { ...claim, state });
    });
  for (let staged = 0; staged < count; staged += 1) {
    const draw = chance();
    const again = claims[Math.floor(chance() * claims.length)];
    if (draw < 0.5) city.stageTransfers(1);
    else if (draw < 0.53) {
      city.stageEvidence([crypto.getRandomValues(new Uint8Array(900)), new Uint8Array([staged])]);
    } else if (draw < 0.85 || again === undefined) {
      const rkey = newTid();
      claims.push({ rkey, state: 'joined' });
      stageClaim('create', rkey, 'joined');
    } else {
      again.state = again.state === 'joined' ? 'left' : 'joined';
      stageClaim('update', again.rkey, again.state);
    }
  }
}

/**
 * Each record once, but for those that a later version of the same record stands in for, and those
 * that are alike to the version that stands there: which of the two a lost answer was for cannot be
 * told, and both leave the same record.
 */
function expectInOrderOf(rows: readonly RecordRow[], commits: readonly Commit[]): void {
  const ops = commits.flatMap((commit) => commit.ops.map(({ path, cid }) => `${path} ${cid}`));
  const newest = new Map(rows.map(({ collection, rkey }, at) => [`${collection}/${rkey}`, at]));
  const standing = new Map<string, string>();
  let next = 0;
  for (const [at, { collection, rkey, cid, state }] of rows.entries()) {
    const path = `${collection}/${rkey}`;
    if (ops[next] === `${path} ${cid}` && state !== 'superseded') {
      standing.set(path, cid);
      next += 1;
    } else if (standing.get(path) !== cid) {
      expect(newest.get(path), `${path} ${cid} is not written`).toBeGreaterThan(at);
    }
  }
  expect(next).toBe(ops.length);
}

const stagedRows = (city: City) => city.store.read.records.after(0, 10_000);

/** Everybody finds what the city decided, once and in its order. */
async function expectExactly(city: City): Promise<void> {
  const rows = stagedRows(city);
  expect(city.store.read.records.backlog().count).toBe(0);
  const wanted = new Map(
    rows.map(({ collection, rkey, cid }) => [`at://${own.did}/${collection}/${rkey}`, cid]),
  );
  const repository = await fetchRepository(own);
  expect(new Map(repository.records.map(({ uri, cid }) => [uri, cid]))).toEqual(wanted);
  const commits = await readCommits(own.pds, own.did);
  expectInOrderOf(rows, commits);
  expect(Math.max(...commits.map(({ ops }) => ops.length))).toBeLessThanOrEqual(200);
}

describe('1,000 records', () => {
  it('are published exactly once and in order, whatever fails in between', async () => {
    const chance = createChance(20_260_801);
    await target.withCity(async (city) => {
      stageMixture(city, 1000, chance);
      const { clock, wait } = createSimulatedTime();
      let restart: Promise<void> = Promise.resolve();
      let requests = 0;
      proxy.chooseFaults((method) => {
        if (chance() > (method === 'getRecord' ? 0.1 : 0.3)) return 'none';
        if (chance() < 0.05) {
          return 'hang-after';
        }
        return FAULTS[Math.floor(chance() * FAULTS.length)] ?? 'none';
      });
      proxy.onForward(async (method) => {
        if (method !== 'applyWrites') return;
        requests += 1;
        // In the middle of it; and once with nothing left of its sessions.
        if (requests % 14 === 5) restart = own.restart({ keepSessions: requests % 28 !== 5 });
      });
      const waitForPds: Wait = async (ms, signal) => {
        await restart;
        await wait(ms, signal);
      };
      // It dies at each step in turn, and begins again on the same store.
      const steps = ['batch.submitted', 'batch.committed', 'batch.marked'] as const;
      for (let life = 0; city.store.read.records.backlog().count > 0; life += 1) {
        const death = steps[life % steps.length];
        let left = life < 12 ? 1 + Math.floor(chance() * 2) : Number.POSITIVE_INFINITY;
        let isDead = false;
        const died = Promise.withResolvers<void>();
        await city.publish(
          {
            clock,
            wait: (ms, signal) => (isDead ? untilAborted(signal) : waitForPds(ms, signal)),
            store: {
              ...city.store,
              commit: (work) =>
                isDead ? Promise.reject(new Error('dead')) : city.store.commit(work),
            },
            observe: (step) => {
              if (step !== death) return;
              left -= 1;
              if (left > 0) return;
              isDead = true;
              died.resolve();
            },
          },
          (publisher) => Promise.race([publisher.idle(), died.promise]),
        );
      }
      await restart;
      await expectExactly(city);
      // What was kept from being fetched back is fetched once the trouble is over.
      proxy.chooseFaults(() => 'none');
      await city.publish({ clock });
      expect(city.spool.size).toBe(0);
    });
  });

  it('drain without help after a night without a PDS, and never knock more than once a minute', async () => {
    await target.withCity(async (city) => {
      city.stageTransfers(1);
      await city.publish();
      await proxy.down();
      city.stageTransfers(999);
      const { clock, wait, waitedMs } = createSimulatedTime();
      const lines: string[] = [];
      let knocks = 0;
      const nightMs = 8 * HOUR_MS;
      const waitTheNight: Wait = async (ms, signal) => {
        knocks += 1;
        const isOver = waitedMs() < nightMs && waitedMs() + ms >= nightMs;
        await wait(ms, signal);
        if (isOver) await proxy.up();
      };
      const { marked } = await city.publish({
        clock,
        wait: waitTheNight,
        progress: (line) => lines.push(line),
      });
      expect(waitedMs()).toBeLessThan(nightMs + 2 * MINUTE_MS);
      // Pauses of a minute are slept in two halves.
      expect(knocks).toBeLessThan(2 * (nightMs / MINUTE_MS) + 20);
      expectInOrder(
        marked.map((batch) => ({
          ...batch,
          firstSeq: batch.firstSeq - 1,
          lastSeq: batch.lastSeq - 1,
        })),
        999,
      );
      expect(marked.map(({ count }) => count)).toEqual([200, 200, 200, 200, 199]);
      await expectExactly(city);
      expect(lines.length).toBeLessThan(nightMs / (10 * MINUTE_MS) + 10);
      expect(lines[0]).toMatch(/^Published 0 of 999 records\. The last try failed: /);
      expect(lines.at(-1)).toBe('Published all 999 records, in 8 hours.');
    });
  });
});

describe('any faults in any order', () => {
  it('lose nothing and double nothing', async () => {
    const fault = fc.constantFrom<Fault>('none', 'none', ...FAULTS);
    const faults = fc.record({
      applyWrites: fc.array(fault, { maxLength: 8 }),
      getRecord: fc.array(fault, { maxLength: 8 }),
      uploadBlob: fc.array(fault, { maxLength: 4 }),
      getLatestCommit: fc.array(fault, { maxLength: 4 }),
      refreshSession: fc.array(fault, { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(faults, fc.integer(), async (plans, seed) => {
        await target.withCity(async (city) => {
          const before = (await readCommits(own.pds, own.did)).length;
          stageMixture(city, 40, createChance(seed));
          for (const [method, plan] of Object.entries(plans)) proxy.plan(method, ...plan);
          const { clock, wait } = createSimulatedTime();
          await city.publish({ clock, wait });
          const commits = (await readCommits(own.pds, own.did)).slice(before);
          expectInOrderOf(stagedRows(city), commits);
        });
      }),
      {
        numRuns: 12,
        examples: [
          // The answer is lost to a commit with a claim that was joined, left and joined again.
          [
            {
              applyWrites: ['error-after'],
              getRecord: [],
              uploadBlob: [],
              getLatestCommit: [],
              refreshSession: [],
            },
            -23,
          ],
        ],
      },
    );
  });
});
