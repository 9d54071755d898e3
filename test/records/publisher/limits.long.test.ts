// The publisher and a real PDS with its rate limits on, as those of Bluesky are.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import type { Wait } from '../../../src/lib/wait.ts';
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts';
import { type OwnPds, startOwnPds } from '../../support/own-pds.ts';
import {
  createKeeper,
  createSimulatedTime,
  expectInOrder,
  publishingTo,
  signedIn,
} from '../../support/publishing.ts';
import { sharedServers } from '../../support/shared-network.ts';

/** The PDS allows 5,000 points in an hour, and a new record costs 3. */
const RECORDS_AN_HOUR = 1666;

let network: Awaited<ReturnType<typeof sharedServers>>;
let own: OwnPds;
let proxy: FaultyProxy;
const keeper = createKeeper();

beforeAll(async () => {
  network = await sharedServers();
  own = await startOwnPds({ plc: network.plc, handle: 'limited.test', rateLimits: true });
});
afterAll(async () => {
  await own.close();
});
beforeEach(async () => {
  proxy = await startFaultyProxy(own.pds);
});
afterEach(() => proxy.close());

describe('a PDS with rate limits', () => {
  it('is never asked for more than it has left, and goes on after the hour', async () => {
    const { withCity, expectPublished } = publishingTo(own, () => proxy, keeper);
    await withCity(async (city) => {
      const keys = city.stageTransfers(2000);
      const { clock, wait, waitedMs } = createSimulatedTime();
      let before = 0;
      // The hour that is simulated here has passed for the PDS, too, once it was started again.
      const waitAndRestart: Wait = async (ms, signal) => {
        if (before === 0) {
          before = 2000 - city.store.read.records.backlog().count;
          await own.restart();
        }
        await wait(ms, signal);
      };
      const { marked, warnings } = await city.publish({ clock, wait: waitAndRestart });
      expect(before).toBe(RECORDS_AN_HOUR);
      expect(waitedMs()).toBeGreaterThan(HOUR_MS - MINUTE_MS);
      expect(waitedMs()).toBeLessThan(HOUR_MS + MINUTE_MS);
      expect(proxy.countStatus('applyWrites', 429)).toBe(0);
      expect(warnings).toEqual([]);
      expectInOrder(marked, 2000);
      await expectPublished(city, keys);
    });
  });

  it('is left alone when somebody else has used it up meanwhile', async () => {
    await own.restart();
    const { withCity, expectPublished } = publishingTo(own, () => proxy, keeper);
    await withCity(async (city) => {
      city.stageTransfers(100);
      await city.publish();
      // The city's own account posts all day.
      const agent = await signedIn(own);
      for (const count of [200, 200, 200, 200, 200, 200, 200, 100]) {
        await agent.com.atproto.repo.applyWrites({ repo: own.did, writes: posts(count) });
      }
      const keys = city.stageTransfers(100);
      const { clock, wait, waitedMs } = createSimulatedTime();
      let restarted = false;
      const waitAndRestart: Wait = async (ms, signal) => {
        if (!restarted) await own.restart();
        restarted = true;
        await wait(ms, signal);
      };
      await city.publish({ clock, wait: waitAndRestart });
      expect(proxy.countStatus('applyWrites', 429)).toBe(1);
      expect(waitedMs()).toBeGreaterThan(HOUR_MS - MINUTE_MS);
      expect(waitedMs()).toBeLessThan(HOUR_MS + MINUTE_MS);
      await expectPublished(city, keys);
    });
  });

  it('waits for bounded times, whatever a 429 says of its end', async () => {
    await own.restart();
    const { withCity, expectPublished } = publishingTo(own, () => proxy, keeper);
    await withCity(async (city) => {
      const keys = city.stageTransfers(10);
      const kinds = ['limit-absurd', 'limit-bare'] as const;
      proxy.plan('applyWrites', ...Array.from({ length: 24 }, (_, at) => kinds[at % 2] ?? 'none'));
      const { clock, wait, waitedMs } = createSimulatedTime();
      await city.publish({ clock, wait });
      expect(waitedMs()).toBeGreaterThan(10 * MINUTE_MS);
      expect(waitedMs()).toBeLessThan(DAY_MS);
      await expectPublished(city, keys);
    });
  });
});

const posts = (count: number) =>
  Array.from({ length: count }, () => ({
    $type: 'com.atproto.repo.applyWrites#create' as const,
    collection: 'app.bsky.feed.post',
    value: {
      $type: 'app.bsky.feed.post',
      text: 'Good morning',
      createdAt: new Date().toISOString(),
    },
  }));
