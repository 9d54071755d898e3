// The publisher and what is too big, lost, spoilt, or on time by the wrong clock.
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import type { Wait } from '../../../src/lib/wait.ts';
import { COLLECTIONS } from '../../../src/records/kinds/index.ts';
import type { NetworkFacts } from '../../../src/sandbox/network.ts';
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts';
import {
  type City,
  createKeeper,
  createSimulatedTime,
  publishingTo,
  publishMended,
  untilAborted,
} from '../../support/publishing.ts';
import { joinSharedNetwork } from '../../support/shared-network.ts';

let network: NetworkFacts;
let proxy: FaultyProxy;
let target: ReturnType<typeof publishingTo>;
const keeper = createKeeper();

beforeAll(async () => {
  network = await joinSharedNetwork();
});
beforeEach(async () => {
  proxy = await startFaultyProxy(network.pds);
  target = publishingTo(network, () => proxy, keeper);
});
afterEach(() => proxy.close());

/** Begins like a JPEG: the PDS looks at the first bytes of what it stores. */
const picture = (): Uint8Array =>
  Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, ...crypto.getRandomValues(new Uint8Array(600)));

async function expectEvidence(city: City, keys: readonly string[]): Promise<void> {
  const found = await target.published(COLLECTIONS.evidence);
  for (const key of keys) {
    expect(found.get(key)).toBe(city.store.read.records.get(COLLECTIONS.evidence, key)?.cid);
  }
  expect(city.store.read.records.backlog().count).toBe(0);
}

describe('big records', () => {
  it('go in requests that the PDS takes, counted in bytes and not in characters', () =>
    target.withCity(async (city) => {
      // 4,900 characters in 9,800 bytes.
      const keys = Array.from({ length: 200 }, () => city.stageEvidence([], 'ñ'.repeat(4900)));
      const { marked, warnings } = await city.publish();
      expect(warnings).toEqual([]);
      expect(marked.map(({ count }) => count)).toEqual([82, 82, 36]);
      await expectEvidence(city, keys);
    }));

  it('go alone when they must', () =>
    target.withCity(async (city) => {
      // The longest words that the lexicon takes: 250,000 bytes.
      const keys = Array.from({ length: 5 }, () => city.stageEvidence([], '日'.repeat(25_000)));
      const { marked, warnings } = await city.publish();
      expect(warnings).toEqual([]);
      expect(marked.reduce((sum, { count }) => sum + count, 0)).toBe(5);
      await expectEvidence(city, keys);
    }));
});

describe('pictures', () => {
  it('of 200 records in one batch are each uploaded once, though some uploads fail', () =>
    target.withCity(async (city) => {
      const keys = Array.from({ length: 200 }, () => city.stageEvidence([picture()]));
      proxy.plan('uploadBlob', 'none', 'drop-before', 'none', 'error-before', 'none', 'drop-after');
      const { marked } = await city.publish();
      expect(proxy.count('uploadBlob')).toBe(203);
      expect(marked.length).toBeLessThanOrEqual(4);
      expect(city.spool.size).toBe(0);
      await expectEvidence(city, keys);
    }));

  it('that cannot be uploaded for now hold up nothing that comes before them', () =>
    target.withCity(async (city) => {
      const before = city.stageTransfers(120);
      const evidence = city.stageEvidence([picture()]);
      const after = city.stageTransfers(10);
      proxy.plan('uploadBlob', 'limit', 'limit');
      const { clock, wait } = createSimulatedTime();
      let published = 0;
      const waitAndSee: Wait = async (ms, signal) => {
        published = before.length + 1 + after.length;
        published -= city.store.read.records.backlog().count;
        await wait(ms, signal);
      };
      await city.publish({ clock, wait: waitAndSee });
      expect(published).toBe(120);
      await target.expectPublished(city, [...before, ...after]);
      await expectEvidence(city, [evidence]);
    }));

  it('that are lost set aside their own record alone, until they are back in the spool', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(30);
      const evidence = [
        city.stageEvidence([picture(), picture()]),
        city.stageEvidence([picture()]),
      ];
      keys.push(...city.stageTransfers(30));
      const [lost = '', alsoLost = ''] = [`${evidence[0]}-1`, `${evidence[1]}-0`];
      const bytes = [lost, alsoLost].map((key) => city.spool.get(key) ?? new Uint8Array());
      for (const key of [lost, alsoLost]) city.spool.delete(key);
      const backlog = () => city.store.read.records.backlog().count;
      const waitedMs = await publishMended(city, async (publisher) => {
        expect(backlog()).toBe(2);
        const reasons = [lost, alsoLost].map(
          (key, at) =>
            `PictureLost: The spool has lost ${key}, a picture of ` +
            `at://${network.did}/${COLLECTIONS.evidence}/${evidence[at]}.`,
        );
        expect(publisher.parked()).toEqual(reasons);
        expect(publisher.status()).toMatchObject({ state: 'stopped', reason: reasons.join(' ') });
        await expect(publisher.idle()).rejects.toThrow(lost);
        for (const [at, key] of [lost, alsoLost].entries()) {
          city.spool.set(key, bytes[at] ?? new Uint8Array());
        }
      });
      expect(waitedMs).toBeLessThanOrEqual(10 * MINUTE_MS);
      expect(city.spool.size).toBe(0);
      await target.expectPublished(city, keys);
      await expectEvidence(city, evidence);
    }));

  it('that are lost hold up nothing that comes later, also after a restart', () =>
    target.withCity(async (city) => {
      city.stageEvidence([picture()]);
      city.spool.clear();
      const keys: string[] = [];
      for (const answer of ['none', 'drop-after'] as const) {
        await city.publish({ wait: (_ms, signal) => untilAborted(signal) }, async (publisher) => {
          await expect(publisher.idle()).rejects.toThrow(/PictureLost/);
          keys.push(...city.stageTransfers(20));
          proxy.plan('applyWrites', answer);
          const marked = city.store.read.records.backlog().count - 20;
          publisher.wake();
          while (city.store.read.records.backlog().count > marked) {
            if (answer === 'drop-after' && proxy.count('applyWrites') > 1) break;
            await new Promise(setImmediate);
          }
        });
      }
      await city.publish({}, async (publisher) => {
        await expect(publisher.idle()).rejects.toThrow(/PictureLost/);
      });
      expect(city.store.read.records.backlog().count).toBe(1);
      const found = await target.published(COLLECTIONS.transfer);
      expect(keys.filter((key) => !found.has(key))).toEqual([]);
    }));
});

describe('a record that the PDS refuses', () => {
  it('is found among the others, named, and holds up nothing that comes before it', () =>
    target.withCity(async (city) => {
      const before = city.stageTransfers(77);
      const refused = city.stageTransfers(1)[0] ?? '';
      const after = city.stageTransfers(50);
      // A key that no repository takes.
      const broken = (rkey: string) => (rkey === refused ? 'not a key' : rkey);
      let isBroken = true;
      const { records } = city.store.read;
      const store = {
        ...city.store,
        read: {
          ...city.store.read,
          records: {
            ...records,
            staged: (...asked: Parameters<typeof records.staged>) =>
              records
                .staged(...asked)
                .map((row) => (isBroken ? { ...row, rkey: broken(row.rkey) } : row)),
          },
        },
      };
      await publishMended(
        city,
        async (publisher) => {
          expect(records.backlog().count).toBe(51);
          expect(publisher.status()).toMatchObject({
            state: 'stopped',
            reason: expect.stringContaining(
              `at://${network.did}/${COLLECTIONS.transfer}/not a key`,
            ),
          });
          isBroken = false;
        },
        { store },
      );
      await target.expectPublished(city, [...before, refused, ...after]);
    }));
});

describe('a clock that jumps', () => {
  const budget = { pointsPerHour: 30, pointsPerDay: 0 };

  it('ahead ends a wait early', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(15);
      const { clock, wait, waitedMs, pass } = createSimulatedTime();
      let jumped = false;
      const waitAndJump: Wait = async (ms, signal) => {
        if (!jumped) pass(5 * HOUR_MS);
        jumped = true;
        await wait(ms, signal);
      };
      await city.publish({ budget, clock, wait: waitAndJump });
      expect(waitedMs()).toBeLessThan(MINUTE_MS);
      await target.expectPublished(city, keys);
    }));

  it('back makes nobody wait for the hours that it was ahead', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(15);
      const { clock, wait, waitedMs, set } = createSimulatedTime();
      set(400 * DAY_MS);
      let jumped = false;
      const waitAndJump: Wait = async (ms, signal) => {
        if (!jumped) set(-400 * DAY_MS);
        jumped = true;
        await wait(ms, signal);
      };
      await city.publish({ budget, clock, wait: waitAndJump });
      expect(waitedMs()).toBeLessThan(2 * HOUR_MS + MINUTE_MS);
      // A new process finds records that were published in the future.
      keys.push(...city.stageTransfers(5));
      const later = createSimulatedTime();
      await city.publish({ budget, clock: later.clock, wait: later.wait });
      expect(later.waitedMs()).toBeLessThan(2 * HOUR_MS + MINUTE_MS);
      await target.expectPublished(city, keys);
    }));
});
