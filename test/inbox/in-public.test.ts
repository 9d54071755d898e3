// Messages that others read: what is answered where, and what becomes of a resident's own post.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLegalWords } from '../../src/conversation/opt-out.ts';
import { LANGUAGES } from '../../src/languages/index.ts';
import { HOUR_MS } from '../../src/lib/clock.ts';
import { COLLECTIONS } from '../../src/records/kinds/index.ts';
import {
  ADMIN,
  type Conversation,
  ORGANIZER,
  openConversation,
  POST,
} from '../support/conversation.ts';

const legalWord = createLegalWords(LANGUAGES);

const ANA = 'did:plc:anaabcdefghijklmnopqrst';
const THREAD = POST.uri;
const REPLY = {
  uri: 'at://did:plc:anaabcdefghijklmnopqrst/app.bsky.feed.post/3kreplyaaaaaa',
  cid: 'bafyreihffx5a2e7k5uwrmmgofbvzujc5cmw5h4espouwuxt3liqoflx3ee',
} as const;

let city: Conversation;
beforeEach(async () => {
  city = openConversation();
  await city.settle();
  city.deliveries.length = 0;
});
afterEach(() => city.close());

/** What went out since this was last asked: the text, and whether others can read it. */
const outgoing = () =>
  city.deliveries
    .splice(0)
    .filter(({ kind }) => kind === 'reply' || kind === 'notice')
    .map(({ to, place, reply }) => ({ to, isPublic: place !== null, text: reply.text }));

const joinPublicly = async () => {
  await city.say(ANA, 'HI');
  await city.say(ANA, 'OK');
  outgoing();
};

const latest = (collection: string) => {
  const rkey = city.store.read.records.newestKey(collection) ?? '';
  return JSON.parse(city.store.read.records.get(collection, rkey)?.value ?? '{}');
};

/** Where people read a post. */
const pageOf = (uri: string): string =>
  uri.replace(/^at:\/\/([^/]+)\/.*\/([^/]+)$/, 'https://bsky.app/profile/$1/post/$2');

test('a stranger joins by replying to the post of a task, and all of it is said there', async () => {
  const announced = city.publicPosts.find(({ channel }) => channel === 'bluesky');
  const replyTo = announced?.message.id ?? '';
  await city.say(ANA, "I'm in", { thread: THREAD, replyTo });
  await city.say(ANA, 'ok', { thread: THREAD, replyTo });
  const said = outgoing();
  expect(said.map(({ isPublic }) => isPublic)).toEqual([true, true]);
  // The welcome and what came of the first words are one answer.
  expect(said[1]?.text).toMatch(/you're in\.[\s\S]*Clean up Codornices Creek/i);
});

test('what is private goes to the person alone, and the place hears only that', async () => {
  await joinPublicly();
  await city.say(ANA, 'BALANCE', { thread: THREAD });
  const [direct, note, ...more] = outgoing();
  expect(direct).toMatchObject({ to: ANA, isPublic: false, text: expect.stringMatching(/0 CITY/) });
  expect(note).toEqual({ to: ANA, isPublic: true, text: 'I answered you in a private message.' });
  expect(more).toEqual([]);
});

test('where private messages are closed, the place hears how to open them and nothing else', async () => {
  await joinPublicly();
  city.closePrivate(ANA);
  await city.say(ANA, 'BALANCE', { thread: THREAD });
  const [refused, note, ...more] = outgoing();
  expect(refused?.isPublic).toBe(false);
  expect(note).toMatchObject({ isPublic: true, text: expect.stringMatching(/^That's private/) });
  expect(note?.text).not.toMatch(/\d/);
  expect(more).toEqual([]);
});

test("the record of a task points at its post, and a closed task's still does", async () => {
  expect(latest(COLLECTIONS.task)).toMatchObject({ post: POST, status: 'open' });
  await city.say(ORGANIZER, 'CLOSE 3');
  expect(latest(COLLECTIONS.task)).toMatchObject({ post: POST, status: 'closed' });
});

test("evidence in a resident's own post stays there: the record points at it", async () => {
  await joinPublicly();
  await city.say(ANA, 'JOIN 1', { thread: THREAD });
  outgoing();
  const sent = { thread: THREAD, post: REPLY, pictures: ['ok'] };
  await city.say(ANA, 'DONE 1 swept it all', sent);
  expect(outgoing()).toMatchObject([{ isPublic: true, text: /point at this post/ }]);
  expect(latest(COLLECTIONS.evidence)).toEqual({});
  await city.say(ANA, 'OK', { thread: THREAD });
  expect(outgoing().filter(({ to }) => to === ANA)).toMatchObject([
    { isPublic: true, text: expect.stringMatching(/^Thank you/) },
  ]);
  const record = latest(COLLECTIONS.evidence);
  expect(record).toMatchObject({
    content: [
      { $type: 'org.hypercerts.defs#uri', uri: REPLY.uri },
      { $type: 'org.hypercerts.defs#uri', uri: pageOf(REPLY.uri) },
    ],
    description: { $type: 'com.atproto.repo.strongRef', ...REPLY },
  });
  expect(JSON.stringify(record)).not.toContain('swept');
  // The reviewer sees the picture all the same.
  await city.say(ORGANIZER, 'REVIEW');
  const review = city.deliveries.at(-1);
  expect(review?.reply.pictures).toHaveLength(1);
  expect(review?.reply.text).toContain('swept it all');
  outgoing();

  await city.say(ORGANIZER, 'APPROVE 1');
  const told = outgoing().filter(({ to }) => to === ANA);
  expect(told).toHaveLength(2);
  expect(told.find(({ isPublic }) => isPublic)?.text).not.toMatch(/credit/i);
  expect(told.find(({ isPublic }) => !isPublic)?.text).toMatch(/20 CITY credits/);
});

test('a second post is added to evidence that waits, and one of an agreed person asks nothing', async () => {
  await joinPublicly();
  await city.say(ANA, 'JOIN 1', { thread: THREAD });
  await city.say(ANA, 'DONE 1', { thread: THREAD, post: REPLY, pictures: ['ok'] });
  await city.say(ANA, 'OK', { thread: THREAD });
  const second = {
    ...REPLY,
    uri: 'at://did:plc:anaabcdefghijklmnopqrst/app.bsky.feed.post/3kreplybbbbbb',
  } as const;
  await city.say(ANA, 'and the other side', { thread: THREAD, post: second, pictures: ['ok'] });
  expect(latest(COLLECTIONS.evidence)).toMatchObject({
    content: [REPLY.uri, second.uri, pageOf(REPLY.uri), pageOf(second.uri)].map((uri) => ({ uri })),
    description: REPLY,
  });
});

test('pictures that the city keeps and posts go together in one piece of evidence', async () => {
  await joinPublicly();
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 first', { pictures: ['ok'] });
  await city.say(ANA, 'OK');
  await city.say(ANA, 'DONE 1 then', { thread: THREAD, post: REPLY, pictures: ['ok'] });
  await city.say(ANA, 'OK', { thread: THREAD });
  const record = latest(COLLECTIONS.evidence);
  expect(record.content).toMatchObject([
    { blob: { $type: 'blob' } },
    { uri: REPLY.uri },
    { uri: pageOf(REPLY.uri) },
  ]);
  expect(record.description).toMatchObject({ value: expect.stringContaining('first') });
});

test('who says no is pointed at by nothing', async () => {
  await joinPublicly();
  await city.say(ANA, 'JOIN 1', { thread: THREAD });
  await city.say(ANA, 'DONE 1', { thread: THREAD, post: REPLY, pictures: ['ok'] });
  await city.say(ANA, 'NO', { thread: THREAD });
  expect(latest(COLLECTIONS.evidence)).toEqual({});
});

test('an announcement that can be changed follows its task', async () => {
  const updates = () =>
    city.deliveries
      .splice(0)
      .filter(({ kind }) => kind === 'update')
      .map(({ taskId, announced, reply }) => ({ taskId, announced, text: reply.text }));
  updates();
  const post = city.publicPosts.find(({ channel }) => channel === 'telegram');
  await city.join(ANA);
  await city.settle();
  expect(updates()).toEqual([]);
  await city.say(ANA, 'JOIN 1');
  await city.settle();
  expect(updates()).toEqual([
    {
      taskId: 1,
      announced: post?.message.id,
      text: expect.stringContaining('Spots free: 11 of 12'),
    },
  ]);
  await city.say(ORGANIZER, 'CLOSE 1');
  await city.settle();
  expect(updates()).toMatchObject([
    { taskId: 1, text: expect.stringContaining('closed this task') },
  ]);
  await city.settle();
  expect(updates()).toEqual([]);
});

test('what the provider answered by itself is noted and not answered again', async () => {
  const BEN = '+15105550142';
  await city.join(BEN);
  const say = (text: string, answered: 'stop' | 'start' | 'help') =>
    city.core.inbox.receive({
      channel: 'sms',
      externalId: `answered-${answered}`,
      sender: BEN,
      text,
      pictures: [],
      replyTo: null,
      isPublic: false,
      answered,
      receivedAt: city.clock.time,
    });
  outgoing();
  await say('Arrêt', 'stop');
  await city.settle();
  expect(outgoing()).toEqual([]);
  expect(await city.ask(BEN, 'TASKS')).toBe('');
  await say('Unstop', 'start');
  await city.settle();
  await say('Info', 'help');
  await city.settle();
  expect(outgoing()).toEqual([]);
  expect(await city.ask(BEN, 'TASKS')).toContain('Codornices');
});

test('whatever is said in public, nothing private about anybody is answered there', async () => {
  await joinPublicly();
  await city.say(ANA, 'JOIN 1');
  await city.say(ANA, 'DONE 1 swept');
  await city.say(ANA, 'OK');
  await city.say(ORGANIZER, 'APPROVE 1');
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await city.ask(ANA, 'REDEEM 1'))?.[0] ?? '';
  expect(code).not.toBe('');
  const linked = /\d{3} \d{3}/.exec(await city.ask(ANA, 'LINK'))?.[0] ?? '';
  // The same person acts for everybody: all that there is to tell is asked by one.
  const invite = (text: string) => /[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}/.exec(text)?.[0] ?? '';
  for (const name of ['issuer Codornices Creek Friends', 'redeemer Northside Café']) {
    await city.say(ANA, `ACCEPT ${invite(await city.prove(ADMIN, `INVITE ${name}`))}`);
  }
  outgoing();
  const others = ['ACCEPT 0000-0000-0000', `CONFIRM ${code}`, `RELEASE ${code}`, 'LINK 000 000'];
  const asked = [
    ...LANGUAGES.flatMap(({ words }) => Object.values(words).flat()),
    ...[
      'TASK 1',
      'OFFERS',
      'REVIEW',
      'ROSTER 1',
      'LINK',
      'CODES',
      'REDEEM 2',
      'MORE',
      '1',
      'what?',
    ],
    ...others,
  ].filter((text) => legalWord(text) === null);
  for (const [at, text] of asked.entries()) {
    await city.say(ANA, text, { thread: `${THREAD}/${at}` });
    await city.say(ANA, 'NO');
    // The count of public answers begins anew, so that each may be given there.
    city.clock.time += HOUR_MS;
  }
  const said = outgoing().filter(({ isPublic }) => isPublic);
  expect(said.length).toBeGreaterThan(asked.length / 2);
  for (const { text } of said) {
    expect(text).not.toContain(code);
    expect(text).not.toContain(linked);
    expect(text).not.toMatch(/p-[0-9a-z]{12}|[0-9A-Z]{4}-[0-9A-Z]{4}|\d{3} \d{3}/);
    expect(text).not.toMatch(/You have \d|Tienes \d|to use|held|Northside Café:|As organizer/);
  }
});
