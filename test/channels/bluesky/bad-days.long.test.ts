// Bad days on Bluesky: sessions that end, accounts that change or go, clocks that are wrong.
import type { AtpAgent } from '@atproto/api';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import { blueskyCity } from '../../support/bluesky-channel.ts';
import { type BlueskyNetwork, startBlueskyNetwork } from '../../support/bluesky-network.ts';
import { type FaultyProxy, startFaultyProxy } from '../../support/faulty-proxy.ts';
import { noise } from '../../support/pictures.ts';
import type { RunningChannel } from '../../support/telegram-desk.ts';
import { waitFor } from '../../support/wait-for.ts';

let network: BlueskyNetwork;
let proxy: FaultyProxy;
let ana: AtpAgent;
const running: RunningChannel[] = [];

beforeAll(async () => {
  network = await startBlueskyNetwork();
  proxy = await startFaultyProxy(network.pds);
  ana = await network.join('ana');
});
afterAll(async () => {
  await proxy.close();
  await network.close();
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((channel) => channel.stop()));
});

type City = ReturnType<typeof blueskyCity>;
const start = async (city: City) => {
  const channel = city.open();
  running.push(channel);
  await channel.start();
  return channel;
};
const mention = async (words: string, by: AtpAgent = ana) =>
  by.post(await network.words(`@creek.test ${words}`));
const arrived = (city: City, text: string) =>
  waitFor(() => expect(city.messages().map((message) => message.text)).toContain(text));
const once = (city: City) => {
  const ids = city.messages().map(({ externalId }) => externalId);
  expect(new Set(ids).size).toBe(ids.length);
};

test('a token that expires in mid-poll is renewed, and the poll goes on', async () => {
  const city = blueskyCity(network, { through: proxy });
  await start(city);
  await mention('before it expired');
  await arrived(city, 'before it expired');
  const refreshed = proxy.count('refreshSession');
  proxy.plan('listNotifications', 'expired', 'expired');
  proxy.plan('getLog', 'expired');
  await mention('after it expired');
  network.chat.say(ana.assertDid, network.did, 'in private after it expired');
  await arrived(city, 'after it expired');
  await arrived(city, 'in private after it expired');
  expect(proxy.count('refreshSession')).toBeGreaterThan(refreshed);
  once(city);
});

test('a server that is down, slow or beside itself is waited for', async () => {
  const city = blueskyCity(network, { through: proxy });
  const channel = await start(city);
  await mention('while it is up');
  await arrived(city, 'while it is up');
  await proxy.down();
  await mention('while it is down');
  await waitFor(() => expect(channel.status()).toMatchObject({ state: 'trouble' }));
  await proxy.up();
  proxy.plan(
    'listNotifications',
    ...(['hang-after', 'drop-after', 'error-page', 'limit-absurd', 'error-after'] as const),
  );
  await arrived(city, 'while it is down');
  await waitFor(() => expect(channel.status()).toEqual({ state: 'on' }));
  once(city);
});

test('a person stays the same under another handle', async () => {
  const city = blueskyCity(network);
  await start(city);
  const eva = await network.join('eva');
  await mention('under the first handle', eva);
  await eva.updateHandle({ handle: 'eva-maria.test' });
  await mention('under the second handle', eva);
  await arrived(city, 'under the first handle');
  await arrived(city, 'under the second handle');
  const senders = city.messages().filter(({ text }) => text.startsWith('under the'));
  expect(senders.map(({ sender }) => sender)).toEqual([eva.assertDid, eva.assertDid]);
});

test('an account that is deactivated takes its posts along, and nobody waits for its pictures', async () => {
  const city = blueskyCity(network);
  const leo = await network.join('leo');
  const bytes = new Uint8Array(await noise(32, 32).jpeg().toBuffer());
  const { data } = await leo.uploadBlob(bytes, { encoding: 'image/jpeg' });
  await leo.post({
    ...(await network.words('@creek.test I leave')),
    embed: { $type: 'app.bsky.embed.images', images: [{ image: data.blob, alt: '' }] },
  });
  await leo.com.atproto.server.deactivateAccount({});
  const channel = await start(city);
  await mention('I stay');
  await arrived(city, 'I stay');
  expect(city.messages().map(({ text }) => text)).not.toContain('I leave');
  expect(await channel.fetchPicture?.(`${leo.assertDid} ${data.blob.ref}`)).toEqual({
    ok: false,
    refusal: { code: 'picture-unreachable' },
  });
});

test.each([
  ['ahead', 3 * HOUR_MS],
  ['behind', -3 * HOUR_MS],
])('a clock that is hours %s loses nothing and repeats nothing', async (name, skewMs) => {
  const city = blueskyCity(network);
  city.pass(skewMs);
  const channel = await start(city);
  await mention(`the clock is ${name}`);
  await arrived(city, `the clock is ${name}`);
  await channel.stop();
  await mention(`the clock was ${name}`);
  city.pass(-skewMs);
  await start(city);
  await arrived(city, `the clock was ${name}`);
  once(city);
});

test('a city whose account is taken down says so, and goes on when it is back', async () => {
  const city = blueskyCity(network);
  const channel = await start(city);
  await network.takeDown(true);
  try {
    await waitFor(() => expect(channel.status()).toMatchObject({ state: 'trouble' }));
  } finally {
    await network.takeDown(false);
  }
  await mention('back again');
  await arrived(city, 'back again');
  once(city);
});

test('a server that forgot all sessions is signed in to anew', async () => {
  const city = blueskyCity(network);
  const channel = await start(city);
  await mention('before it forgot');
  await arrived(city, 'before it forgot');
  await network.restart({ keepSessions: false });
  // Sign-ins are few, so the next one waits for some minutes.
  city.pass(6 * MINUTE_MS);
  const zoe = await network.join('zoe');
  await mention('after it forgot', zoe);
  await arrived(city, 'after it forgot');
  await waitFor(() => expect(channel.status()).toEqual({ state: 'on' }));
  once(city);
});
