// What the real AppView shows to people of what the city says, and tells the city of what they say.
import type { AppBskyFeedPost, AtpAgent } from '@atproto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSend } from '../../src/channels/bluesky/out/send.ts';
import type { Channel, Delivery } from '../../src/channels/channel.ts';
import type { OwnPost } from '../../src/conversation/message.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { accountOf, deliveryOf, joinNetwork } from '../support/bluesky-deliveries.ts';
import { type FullNetwork, startFullNetwork } from '../support/full-network.ts';

const PUBLIC_URL = 'https://berkeley.city-sync.example';
const TASK = {
  kind: 'announcement',
  createdAt: Date.now(),
  reply: {
    link: { path: '/tasks/12', title: 'Clean the creek', description: 'Saturday, the park' },
  },
} as const;

let network: FullNetwork;
let city: AtpAgent;
let ana: AtpAgent;
let ben: AtpAgent;
let send: Channel['send'];

beforeAll(async () => {
  network = await startFullNetwork();
  city = await joinNetwork(network.pds, 'creek.test');
  ana = await joinNetwork(network.pds, 'ana.test');
  ben = await joinNetwork(network.pds, 'ben.test');
  send = createSend({
    account: await accountOf(city),
    settings: { publicUrl: PUBLIC_URL },
    readPicture: async () => undefined,
    clock: systemClock,
  });
});
afterAll(() => network?.close());

/**
 * Everybody answers what is shown to them. An answer that the AppView indexes before what it
 * answers, since they are in two repositories, is told to nobody.
 */
async function says(delivery: Delivery): Promise<OwnPost> {
  const outcome = await send(delivery);
  await network.processAll();
  if (!outcome.ok || outcome.post === undefined) throw new Error(JSON.stringify(outcome));
  return outcome.post;
}

async function replies(who: AtpAgent, text: string, to: OwnPost): Promise<OwnPost> {
  const { uri, cid } = await who.post({ text, reply: { root: to, parent: to } });
  await network.processAll();
  return { uri: uri as OwnPost['uri'], cid };
}

const placeOf = (root: OwnPost, parent: OwnPost): string => JSON.stringify({ root, parent });

/** A post with what stands below it; no post where it is gone, or kept from somebody. */
type Seen = { readonly post?: { readonly record: unknown }; readonly replies?: readonly Seen[] };

/** The texts below a post, as somebody sees them, each one level further in. */
async function seenBy(who: AtpAgent, root: OwnPost): Promise<readonly string[]> {
  await network.processAll();
  const { data } = await who.getPostThread({ uri: root.uri });
  const below = (view: Seen, depth: number): string[] => {
    if (view.post === undefined) return [];
    const { text } = view.post.record as AppBskyFeedPost.Record;
    return [
      `${'>'.repeat(depth)}${text}`,
      ...(view.replies ?? []).flatMap((one) => below(one, depth + 1)),
    ];
  };
  return below(data.thread as Seen, 0);
}

async function heardBy(who: AtpAgent): Promise<readonly string[]> {
  await network.processAll();
  const { data } = await who.app.bsky.notification.listNotifications();
  return data.notifications.map(
    ({ reason, record }) => `${reason}: ${(record as AppBskyFeedPost.Record).text}`,
  );
}

test('an announcement shows its card, and a reply to it is told to the city', async () => {
  const task = await says(deliveryOf('Clean the creek', TASK));
  await replies(ana, "I'm in", task);
  expect(await heardBy(city)).toContain("reply: I'm in");
  const { data } = await ana.getPosts({ uris: [task.uri] });
  expect(data.posts[0]?.embed).toMatchObject({
    $type: 'app.bsky.embed.external#view',
    external: { uri: 'https://berkeley.city-sync.example/tasks/12', title: 'Clean the creek' },
  });
});

test('a long answer is read in order in the thread, and only the one who asked is told', async () => {
  const task = await says(deliveryOf('Another task', TASK));
  const asked = await replies(ana, 'TASK 12', task);
  const delivery = deliveryOf('Bring gloves, @ben.test knows where they are. '.repeat(12), {
    to: ana.assertDid,
    place: placeOf(task, asked),
    createdAt: Date.now(),
  });
  await says(delivery);
  const [root, question, ...answer] = await seenBy(ana, task);
  expect([root, question]).toEqual(['Another task', '>TASK 12']);
  expect(answer.map((text) => /^>+/.exec(text)?.[0].length)).toEqual([2, 3]);
  expect(answer.map((text) => text.replace(/^>+/, '')).join(' ')).toBe(delivery.reply.text.trim());
  expect((await heardBy(ana)).map((one) => one.split(':')[0])).toEqual(['reply', 'reply']);
  expect(await heardBy(ben)).toEqual([]);
});

test('what is sent again is read once', async () => {
  const task = await says(deliveryOf('A third task', TASK));
  const asked = await replies(ana, 'TASK 13', task);
  const delivery = deliveryOf('Only once', { to: ana.assertDid, place: placeOf(task, asked) });
  const first = await says(delivery);
  expect(await says({ ...delivery, attempt: 2 })).toEqual(first);
  expect(await seenBy(ana, task)).toEqual(['A third task', '>TASK 13', '>>Only once']);
});

test('an answer to a post that was deleted meanwhile harms nothing', async () => {
  const task = await says(deliveryOf('A fourth task', TASK));
  const asked = await replies(ana, 'TASK 14', task);
  await ana.deletePost(asked.uri);
  await says(deliveryOf('Too late', { to: ana.assertDid, place: placeOf(task, asked) }));
  const seen = await seenBy(ben, task);
  expect(seen[0]).toBe('A fourth task');
});

test('somebody who blocks the city is answered without an error, and is told nothing', async () => {
  const task = await says(deliveryOf('A fifth task', TASK));
  const asked = await replies(ben, 'TASK 15', task);
  await ben.app.bsky.graph.block.create(
    { repo: ben.assertDid },
    { subject: city.assertDid, createdAt: new Date().toISOString() },
  );
  const before = await heardBy(ben);
  await says(deliveryOf('For nobody', { to: ben.assertDid, place: placeOf(task, asked) }));
  expect(await heardBy(ben)).toEqual(before);
});

test('of somebody whom the city has muted it is told nothing', async () => {
  const task = await says(deliveryOf('A sixth task', TASK));
  const carl = await joinNetwork(network.pds, 'carl.test');
  await city.mute(carl.assertDid);
  await replies(carl, 'TASK 16, muted', task);
  await replies(ana, 'TASK 16, heard', task);
  const heard = await heardBy(city);
  expect(heard).toContain('reply: TASK 16, heard');
  expect(heard).not.toContain('reply: TASK 16, muted');
  await city.unmute(carl.assertDid);
});

test('below a post that lets nobody answer, nothing of the city is shown', async () => {
  const { uri, cid } = await ana.post({ text: 'Nobody may answer this, not even @creek.test' });
  const closed = { uri: uri as OwnPost['uri'], cid };
  await ana.app.bsky.feed.threadgate.create(
    { repo: ana.assertDid, rkey: uri.split('/').at(-1) ?? '' },
    { post: uri, allow: [], createdAt: new Date().toISOString() },
  );
  await says(deliveryOf('All the same', { to: ana.assertDid, place: placeOf(closed, closed) }));
  expect(await seenBy(ben, closed)).toEqual(['Nobody may answer this, not even @creek.test']);
});
