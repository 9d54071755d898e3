// What people say on Bluesky, taken in from a real PDS by the channel's own readers.
import type { AtpAgent } from '@atproto/api';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '../../../../src/lib/clock.ts';
import { blueskyCity } from '../../../support/bluesky-channel.ts';
import { type BlueskyNetwork, startBlueskyNetwork } from '../../../support/bluesky-network.ts';
import { noise } from '../../../support/pictures.ts';
import type { RunningChannel } from '../../../support/telegram-desk.ts';
import { waitFor } from '../../../support/wait-for.ts';

let network: BlueskyNetwork;
let ana: AtpAgent;
const running: RunningChannel[] = [];

beforeAll(async () => {
  network = await startBlueskyNetwork();
  ana = await network.join('ana');
});
afterAll(() => network.close());
afterEach(async () => {
  await Promise.all(running.splice(0).map((channel) => channel.stop()));
});

type City = ReturnType<typeof blueskyCity>;
const start = async (city: City = blueskyCity(network)) => {
  const channel = city.open();
  running.push(channel);
  await channel.start();
  return { city, channel };
};
const mention = async (words: string, by: AtpAgent = ana, more: object = {}) =>
  by.post({ ...(await network.words(`@creek.test ${words}`)), ...more });
const said = (city: City, text: string) => city.messages().find((message) => message.text === text);
const arrived = (city: City, text: string) =>
  waitFor(() => {
    const found = said(city, text);
    if (found === undefined) throw new Error(`"${text}" did not arrive.`);
    return found;
  });
const strong = ({ uri, cid }: { uri: string; cid: string }) => ({ uri, cid });

test('a mention is what it says without the address, and knows where its answer belongs', async () => {
  const { city } = await start();
  const post = strong(await mention('TASKS'));
  expect(await arrived(city, 'TASKS')).toEqual({
    channel: 'bluesky',
    externalId: post.uri,
    sender: ana.assertDid,
    text: 'TASKS',
    pictures: [],
    replyTo: null,
    thread: post.uri,
    isPublic: true,
    namesUs: true,
    place: JSON.stringify({ root: post, parent: post }),
    post,
    shownAt: expect.any(Number),
    receivedAt: expect.any(Number),
  });
});

test('a reply to a task joins its thread, with its pictures to be fetched from its author', async () => {
  const { city, channel } = await start();
  const task = strong(await network.city.post({ text: 'Clean the creek' }));
  const photo = new Uint8Array(await noise(64, 48).jpeg().toBuffer());
  const { data } = await ana.uploadBlob(photo, { encoding: 'image/jpeg' });
  const reply = strong(
    await ana.post({
      text: 'Done!',
      reply: { root: task, parent: task },
      embed: { $type: 'app.bsky.embed.images', images: [{ image: data.blob, alt: '' }] },
    }),
  );
  const message = await arrived(city, 'Done!');
  expect(message).toMatchObject({
    replyTo: task.uri,
    thread: task.uri,
    place: JSON.stringify({ root: task, parent: reply }),
    pictures: [{ source: `${ana.assertDid} ${data.blob.ref}` }],
  });
  expect(await channel.fetchPicture?.(`${ana.assertDid} ${data.blob.ref}`)).toEqual({
    ok: true,
    value: photo,
  });
  expect(await channel.fetchPicture?.(`${ana.assertDid} bafkreigone`)).toMatchObject({ ok: false });
});

test('what is said while it is down is taken in once, also where it was set back or is hidden', async () => {
  const city = blueskyCity(network);
  const { channel } = await start(city);
  const task = strong(await network.city.post({ text: 'Plant trees' }));
  city.announced.set(task.uri, 1);
  await mention('before');
  await arrived(city, 'before');
  await channel.stop();
  const reply = { root: task, parent: task };
  for (let at = 0; at < 120; at += 1) await ana.post({ text: `me apunto ${at}`, reply });
  await ana.post({
    text: 'set back',
    reply,
    createdAt: new Date(Date.now() - 20 * HOUR_MS).toISOString(),
  });
  const old = await ana.post({
    text: 'set back by a year',
    reply,
    createdAt: new Date(Date.now() - 365 * 24 * HOUR_MS).toISOString(),
  });
  network.appView.silence(old.uri);
  const gone = await ana.post({ text: 'thought better of it', reply });
  await ana.deletePost(gone.uri);
  await start(city);
  await arrived(city, 'set back by a year');
  await arrived(city, 'set back');
  await arrived(city, 'me apunto 119');
  const texts = city.messages().map(({ text }) => text);
  expect(texts.filter((text) => text.startsWith('me apunto'))).toHaveLength(120);
  expect(new Set(texts).size).toBe(texts.length);
  expect(texts).not.toContain('thought better of it');
  expect(city.errors).toEqual([]);
});

test('a reply that was set back while it runs is found before long', async () => {
  const city = blueskyCity(network);
  const task = strong(await network.city.post({ text: 'Paint the bench' }));
  city.announced.set(task.uri, 1);
  await start(city);
  await mention('here');
  await arrived(city, 'here');
  const late = await ana.post({
    text: 'from last month',
    reply: { root: task, parent: task },
    createdAt: new Date(Date.now() - 700 * HOUR_MS).toISOString(),
  });
  network.appView.silence(late.uri);
  city.pass(6 * MINUTE_MS);
  await arrived(city, 'from last month');
});

test('what people say to one another, other bots and we ourselves are not for us', async () => {
  const city = blueskyCity(network);
  await start(city);
  const ben = await network.join('ben');
  const robot = await network.join('greeter');
  await robot.upsertProfile(() => ({
    labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'bot' }] },
  }));
  const task = strong(await network.city.post({ text: 'Sweep the square' }));
  const first = strong(await ana.post({ text: 'I am in', reply: { root: task, parent: task } }));
  await ben.post({ text: 'good for you', reply: { root: task, parent: first } });
  await mention('I am a machine', robot);
  await mention('I am the city', network.city);
  await ana.post({ text: 'and here I go on', reply: { root: task, parent: first } });
  await mention('the last of them', ben);
  await arrived(city, 'the last of them');
  await arrived(city, 'and here I go on');
  const texts = city.messages().map(({ text }) => text);
  expect(texts).toContain('I am in');
  for (const text of ['good for you', 'I am a machine', 'I am the city']) {
    expect(texts).not.toContain(text);
  }
});

test('a post that cannot be loaded is asked for again, and the rest goes on', async () => {
  const city = blueskyCity(network);
  const first = await mention('hidden for a while');
  network.appView.hide(first.uri, true);
  await start(city);
  await mention('the rest');
  await arrived(city, 'the rest');
  expect(said(city, 'hidden for a while')).toBeUndefined();
  await waitFor(() =>
    expect(city.memory.recallSecret('bluesky-parked-posts')).toContain(first.uri),
  );
  network.appView.hide(first.uri, false);
  city.pass(6 * MINUTE_MS);
  await arrived(city, 'hidden for a while');
  await waitFor(() => expect(city.memory.recallSecret('bluesky-parked-posts')).toBe('[]'));
});

test('a desk that fails once takes the same posts the next time', async () => {
  const city = blueskyCity(network);
  await start(city);
  await mention('the disk works');
  await arrived(city, 'the disk works');
  city.breakFor(3);
  await mention('the disk is full');
  await mention('the disk is still full');
  await waitFor(() => expect(city.errors.length).toBeGreaterThan(0));
  city.pass(2 * MINUTE_MS);
  await arrived(city, 'the disk is full');
  await arrived(city, 'the disk is still full');
});

test('servers in trouble lose nothing: limits, bad gateways, broken and hanging connections', async () => {
  const city = blueskyCity(network);
  await start(city);
  await mention('all is well');
  await arrived(city, 'all is well');
  network.appView.plan(
    'app.bsky.notification.listNotifications',
    ...(['limit', 'limit-bare', 'bad-gateway', 'break', 'hang', 'bad-gateway'] as const),
  );
  network.chat.plan(
    'chat.bsky.convo.getLog',
    ...(['limit', 'bad-gateway', 'break', 'hang', 'limit-bare'] as const),
  );
  await mention('in all this trouble');
  network.chat.say(ana.assertDid, network.did, 'in private trouble');
  await arrived(city, 'in all this trouble');
  await arrived(city, 'in private trouble');
});

test('a private message comes once, from requests too, and marks where it was read', async () => {
  const city = blueskyCity(network);
  const eve = await network.join('eve');
  network.chat.say(eve.assertDid, network.did, 'before the first start');
  expect(network.chat.isRequest(network.did, eve.assertDid)).toBe(true);
  const { channel } = await start(city);
  const message = await arrived(city, 'before the first start');
  expect(message).toMatchObject({ isPublic: false, sender: eve.assertDid, replyTo: null });
  expect(message.place).toBeUndefined();
  await waitFor(() => expect(network.chat.isRequest(network.did, eve.assertDid)).toBe(false));
  network.chat.say(eve.assertDid, network.did, 'while it runs');
  await arrived(city, 'while it runs');
  await channel.stop();
  for (let at = 0; at < 60; at += 1) {
    network.chat.say(eve.assertDid, network.did, `while it is down ${at}`);
  }
  network.chat.sayInGroup(eve.assertDid, [network.did, ana.assertDid], 'in a group');
  network.chat.say(network.did, eve.assertDid, 'what we said ourselves');
  await start(city);
  await arrived(city, 'while it is down 59');
  const texts = city.messages().map(({ text }) => text);
  expect(texts.filter((text) => text.startsWith('while it is down'))).toHaveLength(60);
  expect(texts).not.toContain('in a group');
  expect(texts).not.toContain('what we said ourselves');
});

test('an app password without private messages: replies work, and the operator is told', async () => {
  const city = blueskyCity(network, { password: await network.appPassword(false) });
  const { channel } = await start(city);
  await mention('in public');
  await arrived(city, 'in public');
  await waitFor(() =>
    expect(channel.status()).toMatchObject({
      state: 'trouble',
      problem: expect.stringContaining('bsky.app'),
    }),
  );
});

test('a wrong password is a sentence, and a second run does not sign in anew', async () => {
  const wrong = blueskyCity(network, { password: 'not the password' });
  await expect(wrong.open().start()).rejects.toThrow(/BLUESKY_PASSWORD/);
  const city = blueskyCity(network);
  const first = await start(city);
  const session = JSON.parse(city.keptSession() ?? '{}');
  await first.channel.stop();
  await start(city);
  await mention('again');
  await arrived(city, 'again');
  expect(JSON.parse(city.keptSession() ?? '{}').did).toBe(session.did);
});
