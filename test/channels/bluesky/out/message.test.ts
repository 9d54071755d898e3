// Private messages, sent by way of a real PDS to a service that speaks by the lexicons.
import { AtpAgent } from '@atproto/api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSend } from '../../../../src/channels/bluesky/out/send.ts';
import type { Channel } from '../../../../src/channels/channel.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import type { NetworkFacts } from '../../../../src/sandbox/network.ts';
import { accountOf, deliveryOf, joinNetwork } from '../../../support/bluesky-deliveries.ts';
import { type ChatService, startChatService } from '../../../support/chat-service.ts';
import { joinSharedNetwork, newHandle } from '../../../support/shared-network.ts';

const SEND = 'chat.bsky.convo.sendMessage';
const PUBLIC_URL = 'https://berkeley.city-sync.example';

let network: NetworkFacts;
let chat: ChatService;
let city: AtpAgent;
let send: Channel['send'];

const senderOf = async (agent: AtpAgent): Promise<Channel['send']> =>
  createSend({
    account: await accountOf(agent, chat.did),
    settings: { publicUrl: PUBLIC_URL },
    readPicture: async () => undefined,
    clock: systemClock,
  });

beforeAll(async () => {
  network = await joinSharedNetwork('creek');
  chat = await startChatService(network.plc);
  chat.follow(network.pds);
  city = new AtpAgent({ service: network.pds });
  await city.login({ identifier: network.handle, password: network.password });
  send = await senderOf(city);
});
afterAll(async () => {
  await chat.close();
});

let people = 0;
/** Somebody who takes messages as `allowIncoming` says, or has not said. */
async function somebody(allowIncoming?: 'all' | 'none'): Promise<AtpAgent> {
  people += 1;
  const person = await joinNetwork(network.pds, newHandle(`person${people}`));
  if (allowIncoming !== undefined) {
    await person.com.atproto.repo.putRecord({
      repo: person.assertDid,
      collection: 'chat.bsky.actor.declaration',
      rkey: 'self',
      record: { $type: 'chat.bsky.actor.declaration', allowIncoming },
    });
  }
  return person;
}
const to = (person: AtpAgent, text: string, more: Parameters<typeof deliveryOf>[1] = {}) =>
  deliveryOf(text, { createdAt: Date.now(), ...more, to: person.assertDid });
const heardBy = (person: AtpAgent): readonly string[] =>
  chat.between(network.did, person.assertDid).map(({ text }) => text);

test('a message arrives, its links are links, and nobody is mentioned', async () => {
  const ana = await somebody('all');
  const text = 'Hi @ana.test, see https://berkeley.city-sync.example/me.';
  const outcome = await send(to(ana, text));
  const [said] = chat.between(network.did, ana.assertDid);
  expect(outcome).toEqual({ ok: true, providerId: said?.id });
  expect(said?.text).toBe(text);
  expect(said?.facets).toEqual([
    expect.objectContaining({
      index: { byteStart: 18, byteEnd: 55 },
      features: [
        {
          $type: 'app.bsky.richtext.facet#link',
          uri: 'https://berkeley.city-sync.example/me',
        },
      ],
    }),
  ]);
});

test('a long one comes in parts, and pictures as the address of their page', async () => {
  const ana = await somebody('all');
  const text = 'Three bags of litter and a bicycle were carried up. '.repeat(30).trim();
  const link = { path: '/evidence/7', title: 'Evidence', description: 'of task 3' };
  await send(to(ana, text, { reply: { pictures: ['a'], link } }));
  const heard = heardBy(ana);
  expect(heard.length).toBe(2);
  expect(heard.join(' ')).toBe(`${text}\n\nhttps://berkeley.city-sync.example/evidence/7`);
});

test('what may have arrived is looked for, and only what is missing is sent', async () => {
  const ana = await somebody('all');
  const delivery = to(ana, 'You earned 20 credits. '.repeat(100).trim());
  chat.plan(SEND, 'none', 'break-after');
  const lost = await send(delivery);
  expect(lost).toMatchObject({ ok: false, error: { kind: 'retry' } });
  expect(lost.ok || lost.error.isUntried).toBeUndefined();
  const outcome = await send({ ...delivery, attempt: 2 });
  const said = chat.between(network.did, ana.assertDid);
  expect(said).toHaveLength(3);
  expect(said.map(({ text }) => text).join(' ')).toBe(delivery.reply.text);
  const [first, ...others] = said.map(({ id }) => id);
  expect(outcome).toEqual({ ok: true, providerId: first, alsoIds: others });
});

test('the same words of an earlier answer do not stand for a later one', async () => {
  const ana = await somebody('all');
  await send(to(ana, "There's nothing to review for your review."));
  const later = to(ana, "There's nothing to review for your review.", {
    createdAt: Date.now() + 10_000,
  });
  expect((await send({ ...later, attempt: 2 })).ok).toBe(true);
  expect(heardBy(ana)).toHaveLength(2);
});

test('where the service wants to be left alone, nothing was tried until something was sent', async () => {
  const ana = await somebody('all');
  const long = to(ana, 'You earned 20 credits. '.repeat(60).trim());
  chat.plan(SEND, 'limit-bare');
  const refused = { kind: 'retry', detail: 'message: 429 RateLimitExceeded', retryAfterMs: 60_000 };
  expect(await send(long)).toEqual({ ok: false, error: { ...refused, isUntried: true } });
  chat.plan(SEND, 'none', 'limit-bare');
  expect(await send(long)).toEqual({ ok: false, error: refused });
  await send({ ...long, attempt: 2 });
  expect(heardBy(ana).join(' ')).toBe(long.reply.text);
});

test('who takes no messages, or only from those they follow, is there all the same', async () => {
  const closed = { ok: false, error: { kind: 'closed' } };
  const none = await somebody('none');
  const unsaid = await somebody();
  expect(await send(to(none, 'Your balance'))).toMatchObject(closed);
  expect(await send(to(unsaid, 'Your balance'))).toMatchObject(closed);
  await unsaid.follow(network.did);
  expect(await send(to(unsaid, 'Your balance'))).toMatchObject({ ok: true });
});

test.each([
  { privileged: false, error: { kind: 'misconfigured', detail: 'message: 400 InvalidToken' } },
  { privileged: true, error: undefined },
])('an app password with access to messages ($privileged) is needed', async (one) => {
  const ana = await somebody('all');
  const { data } = await city.com.atproto.server.createAppPassword({
    name: `password ${one.privileged}`,
    privileged: one.privileged,
  });
  const agent = new AtpAgent({ service: network.pds });
  await agent.login({ identifier: network.handle, password: data.password });
  const outcome = await (await senderOf(agent))(to(ana, 'Your balance'));
  expect(outcome.ok ? undefined : outcome.error).toEqual(one.error);
});
