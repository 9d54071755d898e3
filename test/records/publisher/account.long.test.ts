// The publisher and its account on a real PDS: signed out, forgotten, taken down, deactivated.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SessionKeeper } from '../../../src/account/session-keeper.ts';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts';
import { type OwnPds, startOwnPds } from '../../support/own-pds.ts';
import {
  createKeeper,
  createSimulatedTime,
  publishingTo,
  publishMended,
  signedIn,
} from '../../support/publishing.ts';
import { sharedServers } from '../../support/shared-network.ts';

let network: Awaited<ReturnType<typeof sharedServers>>;
let own: OwnPds;
let proxy: FaultyProxy;
let keeper: SessionKeeper;
let target: ReturnType<typeof publishingTo>;

beforeAll(async () => {
  network = await sharedServers();
  own = await startOwnPds({ plc: network.plc, handle: 'oakland.test' });
  proxy = await startFaultyProxy(own.pds);
});
afterAll(async () => {
  await proxy.close();
  await own.close();
});
let signIns = 0;
beforeEach(() => {
  keeper = createKeeper();
  target = publishingTo(own, () => proxy, keeper);
  signIns = proxy.count('createSession');
});

const signInsSince = () => proxy.count('createSession') - signIns;

/** Sessions of ours as everybody has them. */
const kept = () => JSON.parse(keeper.load() ?? '{}') as { refreshJwt: string };

describe('the account of the city', () => {
  it('is signed in to once, also over restarts of the city and of the PDS', () =>
    target.withCity(async (city) => {
      const keys: string[] = [];
      for (let start = 0; start < 4; start += 1) {
        keys.push(...city.stageTransfers(3));
        await city.publish();
        if (start === 1) await own.restart();
      }
      await target.expectPublished(city, keys);
      expect(signInsSince()).toBe(1);
    }));

  it('is signed in to once more when its session was revoked', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(3);
      await city.publish();
      const revoked = await fetch(`${own.pds}/xrpc/com.atproto.server.deleteSession`, {
        method: 'POST',
        headers: { authorization: `Bearer ${kept().refreshJwt}` },
      });
      expect(revoked.status).toBe(200);
      keys.push(...city.stageTransfers(3));
      await city.publish();
      await target.expectPublished(city, keys);
      expect(signInsSince()).toBe(2);
    }));

  it('is signed in to once more when the PDS knows none of its sessions any longer', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(3);
      const { clock, wait, waitedMs } = createSimulatedTime();
      await city.publish({ clock, wait }, async (publisher) => {
        await publisher.idle();
        await own.restart({ keepSessions: false });
        keys.push(...city.stageTransfers(3));
        publisher.wake();
        await publisher.idle();
      });
      await target.expectPublished(city, keys);
      expect(signInsSince()).toBe(2);
      expect(waitedMs()).toBeLessThan(6 * MINUTE_MS);
    }));

  it('is not knocked at again with a wrong password', () =>
    target.withCity(async (city) => {
      city.stageTransfers(3);
      const { clock, wait } = createSimulatedTime();
      const repository = target.repositoryOf({ password: 'wrong', clock });
      await city.publish({ repository, clock, wait }, async (publisher) => {
        await expect(publisher.idle()).rejects.toThrow(/BLUESKY_PASSWORD/);
        expect(publisher.status()).toEqual({
          state: 'stopped',
          reason:
            'AuthenticationRequired: The PDS does not accept BLUESKY_IDENTIFIER with ' +
            'BLUESKY_PASSWORD. Set an app password of the account and start anew.',
        });
      });
      expect(signInsSince()).toBe(1);
    }));

  it('publishes again by itself once it is no longer taken down', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(3);
      await city.publish();
      await own.takeDown(true);
      keys.push(...city.stageTransfers(3));
      await publishMended(city, async (publisher) => {
        expect(publisher.status()).toMatchObject({
          state: 'stopped',
          reason: expect.stringMatching(/^AccountTakedown: The PDS has taken the account/),
        });
        await own.takeDown(false);
      });
      await target.expectPublished(city, keys);
    }));

  it('publishes again by itself once it is active again', () =>
    target.withCity(async (city) => {
      const keys = city.stageTransfers(3);
      await city.publish();
      const owner = await signedIn(own);
      await owner.com.atproto.server.deactivateAccount({});
      keys.push(...city.stageTransfers(3));
      await publishMended(city, async (publisher) => {
        expect(publisher.status()).toMatchObject({
          state: 'stopped',
          reason: expect.stringMatching(/Deactivated: The account of the city is deactivated/),
        });
        await owner.com.atproto.server.activateAccount();
      });
      await target.expectPublished(city, keys);
    }));
});
