// Posts, written to a real PDS of the test's own.
import { AppBskyEmbedImages, type AppBskyFeedPost, AtpAgent } from '@atproto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSend } from '../../../../src/channels/bluesky/out/send.ts';
import type { Delivery, SendOutcome } from '../../../../src/channels/channel.ts';
import type { NetworkFacts } from '../../../../src/sandbox/network.ts';
import { accountOf, deliveryOf, joinNetwork } from '../../../support/bluesky-deliveries.ts';
import { clockOf } from '../../../support/clock.ts';
import { type FaultyProxy, startFaultyProxy } from '../../../support/faulty-proxy.ts';
import { noise } from '../../../support/pictures.ts';
import { joinSharedNetwork, newHandle } from '../../../support/shared-network.ts';

const PUBLIC_URL = 'https://berkeley.city-sync.example';
const LINK = { path: '/tasks/12', title: 'Clean the creek', description: 'Saturday, the park' };
const COLLECTION = 'app.bsky.feed.post';

let network: NetworkFacts;
let proxy: FaultyProxy;
let agent: AtpAgent;
let throughProxy: AtpAgent;
let ana: AtpAgent;
let photo: Uint8Array;

beforeAll(async () => {
  photo = await noise(300, 200).jpeg().toBuffer();
  network = await joinSharedNetwork('creek');
  proxy = await startFaultyProxy(network.pds);
  agent = await signedIn();
  throughProxy = await signedIn(proxy.fetch);
  ana = await joinNetwork(network.pds, newHandle('ana'));
});
afterAll(async () => {
  await proxy.close();
});

const signedIn = async (through: typeof fetch = fetch): Promise<AtpAgent> => {
  const session = new AtpAgent({ service: network.pds, fetch: through });
  await session.login({ identifier: network.handle, password: network.password });
  return session;
};

const speaker = async (at: AtpAgent = agent) => {
  const read: string[] = [];
  const send = createSend({
    account: await accountOf(at),
    settings: { publicUrl: PUBLIC_URL },
    readPicture: async (key) => {
      read.push(key);
      return key === 'gone' ? undefined : photo;
    },
    clock: clockOf(() => Date.UTC(2026, 5, 1, 13)),
  });
  return { send, read };
};
const send = async (delivery: Delivery): Promise<SendOutcome> => (await speaker()).send(delivery);
const PUT = 'putRecord';

const posts = async (): Promise<readonly { uri: string; value: AppBskyFeedPost.Record }[]> => {
  const { data } = await agent.com.atproto.repo.listRecords({
    repo: network.did,
    collection: COLLECTION,
    limit: 100,
    reverse: true,
  });
  return data.records.map(({ uri, value }) => ({ uri, value: value as AppBskyFeedPost.Record }));
};
const postsOf = async (outcome: SendOutcome): Promise<readonly AppBskyFeedPost.Record[]> => {
  if (!outcome.ok) throw new Error(outcome.error.detail);
  const uris = [outcome.providerId, ...(outcome.alsoIds ?? [])];
  const all = await posts();
  return uris.map((uri) => {
    const found = all.find((one) => one.uri === uri);
    if (found === undefined) throw new Error('A post is missing.');
    return found.value;
  });
};

test('an answer stands in the thread below what it answers', async () => {
  const { uri, cid } = await ana.post({ text: 'a thread' });
  const root = { uri, cid };
  const asked = await ana.post({ text: '@creek.test TASKS', reply: { root, parent: root } });
  const question = { uri: asked.uri, cid: asked.cid };
  const place = JSON.stringify({ root, parent: question });
  const outcome = await send(
    deliveryOf('Hi @ana.test! See https://berkeley.city-sync.example/tasks', {
      to: ana.assertDid,
      place,
      reply: { isPublic: true },
    }),
  );
  const [post] = await postsOf(outcome);
  expect(post?.reply).toEqual({ root, parent: question });
  // The link is one; the name mentions nobody.
  expect(post?.facets?.flatMap(({ features }) => features.map(({ $type }) => $type))).toEqual([
    'app.bsky.richtext.facet#link',
  ]);
});

test('a long answer is a short thread, each post below the one before it', async () => {
  const { uri, cid } = await ana.post({ text: 'another thread' });
  const root = { uri, cid };
  const long = 'The creek is cleaned on Saturday, bring gloves and a friend. '.repeat(12);
  const delivery = deliveryOf(long, {
    to: ana.assertDid,
    place: JSON.stringify({ root, parent: root }),
  });
  const outcome = await send(delivery);
  const thread = await postsOf(outcome);
  const uris = outcome.ok ? [outcome.providerId, ...(outcome.alsoIds ?? [])] : [];
  expect(thread).toHaveLength(3);
  expect(thread.map(({ reply }) => reply?.root.uri)).toEqual(Array(3).fill(root.uri));
  expect(thread.map(({ reply }) => reply?.parent.uri)).toEqual([root.uri, ...uris.slice(0, 2)]);
  expect(thread.map(({ createdAt }) => createdAt)).toEqual(
    [0, 1, 2].map((part) => new Date(delivery.createdAt + part).toISOString()),
  );
});

test('what is sent again is posted once, and answers as before', async () => {
  const before = await posts();
  const delivery = deliveryOf('Once and no more. '.repeat(30), { kind: 'announcement' });
  const first = await send(delivery);
  const again = await send({ ...delivery, attempt: 2 });
  // As after a crash before the outcome was written down, where the attempt was not counted.
  const blind = await send(delivery);
  expect(again).toEqual(first);
  expect(blind).toEqual(first);
  expect((await posts()).length - before.length).toBe(2);
});

test('a thread that broke off goes on where it stopped', async () => {
  const delivery = deliveryOf('Half of it is out already. '.repeat(30));
  proxy.plan(PUT, 'none', 'error-before');
  const broken = await (await speaker(throughProxy)).send(delivery);
  expect(broken).toEqual({
    ok: false,
    error: { kind: 'retry', detail: 'post: 500 InternalServerError' },
  });
  const before = await posts();
  const whole = await send({ ...delivery, attempt: 2 });
  expect((await postsOf(whole)).map(({ text }) => text).join(' ')).toBe(delivery.reply.text.trim());
  expect((await posts()).length - before.length).toBe(2);
});

test('an answer that was written and not heard of is not written again', async () => {
  const delivery = deliveryOf('Written, and the answer was lost');
  proxy.plan(PUT, 'drop-after');
  const lost = await (await speaker(throughProxy)).send(delivery);
  expect(lost).toMatchObject({ ok: false, error: { kind: 'retry' } });
  const before = await posts();
  expect((await send({ ...delivery, attempt: 2 })).ok).toBe(true);
  expect(await posts()).toHaveLength(before.length);
});

test('a key that belongs to another post is left alone', async () => {
  const one = deliveryOf('The first of two with one key');
  const other = { ...one, reply: { ...one.reply, text: 'The second of two with one key' } };
  const [first, second] = [await send(one), await send(other)];
  expect((await postsOf(first))[0]?.text).toBe(one.reply.text);
  expect((await postsOf(second))[0]?.text).toBe(other.reply.text);
  expect(await send({ ...other, attempt: 2 })).toEqual(second);
});

test('an announcement has the card of its page, and can be pointed at', async () => {
  const outcome = await send(deliveryOf('A task', { kind: 'announcement', reply: { link: LINK } }));
  const [post] = await postsOf(outcome);
  expect(post?.embed).toEqual({
    $type: 'app.bsky.embed.external',
    external: {
      uri: 'https://berkeley.city-sync.example/tasks/12',
      title: 'Clean the creek',
      description: 'Saturday, the park',
    },
  });
  expect(outcome).toMatchObject({ ok: true, post: { cid: expect.stringMatching(/^bafyrei/) } });
});

test('pictures take its place, at most four, each with words for those who do not see it', async () => {
  const pictures = ['a', 'gone', 'b', 'c', 'd', 'e'];
  const delivery = deliveryOf('A task', { kind: 'announcement', reply: { link: LINK, pictures } });
  const outcome = await send(delivery);
  const [post] = await postsOf(outcome);
  const images = AppBskyEmbedImages.isMain(post?.embed) ? post.embed.images : [];
  expect(images.map(({ alt }) => alt)).toEqual(
    Array(3).fill('Clean the creek. Saturday, the park'),
  );
  expect(post?.text).toBe('A task\n\nhttps://berkeley.city-sync.example/tasks/12');
  const repeated = await speaker();
  expect(await repeated.send({ ...delivery, attempt: 2 })).toEqual(outcome);
  expect(repeated.read).toEqual([]);
});

test('when the server wants to be left alone, it says until when, and no attempt was made', async () => {
  proxy.plan(PUT, 'limit', 'limit-bare', 'limit-absurd');
  const patient = await speaker(throughProxy);
  for (const retryAfterMs of [expect.any(Number), 60_000, expect.any(Number)]) {
    expect(await patient.send(deliveryOf('Too much'))).toEqual({
      ok: false,
      error: {
        kind: 'retry',
        detail: expect.stringContaining('429'),
        retryAfterMs,
        isUntried: true,
      },
    });
  }
});

test('what a post cannot be is refused for good, and what was announced is not changed', async () => {
  const wrong = deliveryOf('No such place', {
    place: JSON.stringify({ root: { uri: 'at://x' }, parent: { uri: 'at://x' } }),
  });
  expect(await send(wrong)).toMatchObject({ ok: false, error: { kind: 'rejected' } });
  const update = deliveryOf('Now it is full', { kind: 'update', announced: 'at://x' });
  expect(await send(update)).toMatchObject({ ok: false, error: { kind: 'rejected' } });
});
