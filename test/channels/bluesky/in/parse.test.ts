import { BlobRef } from '@atproto/api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseMessage, parsePost } from '../../../../src/channels/bluesky/in/parse.ts';

const US = 'did:plc:city2222222222222222222a';
const ANA = 'did:plc:ana22222222222222222222a';
const BEN = 'did:plc:ben22222222222222222222a';
const post = (did: string, rkey: string) => ({
  uri: `at://${did}/app.bsky.feed.post/${rkey}`,
  cid: `bafyrei${rkey}`,
});
const TASK = post(US, '3task');
const ANAS = post(ANA, '3ana');
const around = { did: US, isAnnouncement: (uri: string) => uri === TASK.uri };

const MENTION = 'app.bsky.richtext.facet#mention';
const facet = (byteStart: number, byteEnd: number, did = US) => ({
  index: { byteStart, byteEnd },
  features: [{ $type: MENTION, did }],
});
/** A facet on the words where they stand in the text. */
const on = (text: string, words: string, did = US) => {
  const start = Buffer.byteLength(text.slice(0, text.indexOf(words)));
  return facet(start, start + Buffer.byteLength(words), did);
};
const shown = (record: unknown, author: object = { did: ANA }) => ({
  ...ANAS,
  author,
  record:
    typeof record === 'object' ? { $type: 'app.bsky.feed.post', text: '', ...record } : record,
  indexedAt: '2026-06-01T12:00:00.000Z',
});
const said = (record: object) => {
  const parsed = parsePost(shown(record), around);
  return parsed.kind === 'said' ? parsed.message : undefined;
};
const toTask = { reply: { root: TASK, parent: TASK } };

test.each([
  ['a mention before', '@creek.test JOIN 12', ['@creek.test'], 'JOIN 12'],
  ['a mention behind a dot', '.@creek.test JOIN 12', ['@creek.test'], 'JOIN 12'],
  ['a mention behind a greeting', 'Hey @creek.test JOIN 12', ['@creek.test'], 'Hey JOIN 12'],
  [
    'a mention behind two',
    'Hola, buenas tardes @creek.test: unirme',
    ['@creek.test'],
    'Hola, buenas tardes unirme',
  ],
  ['a mention and an exclamation', 'JOIN 12 @creek.test!', ['@creek.test'], 'JOIN 12'],
  ['a mention behind', 'JOIN 12 @creek.test', ['@creek.test'], 'JOIN 12'],
  ['a comma after it', '@creek.test, tareas', ['@creek.test'], 'tareas'],
  ['letters of many bytes', '@creek.test ¿Qué hay? 👩🏽‍🚒', ['@creek.test'], '¿Qué hay? 👩🏽‍🚒'],
  [
    'a mention in the middle',
    'we all went and asked @creek.test about it',
    ['@creek.test'],
    'we all went and asked @creek.test about it',
  ],
  ['a facet on the command', '@creek.test JOIN 12', ['JOIN 12'], '@creek.test JOIN 12'],
  ['nothing but the address', '@creek.test', ['@creek.test'], ''],
])('words with %s', (_, text, mentioned, means) => {
  expect(said({ text, facets: mentioned.map((words) => on(text, words)) })?.text).toBe(means);
});

test.each([
  ['beyond the end', facet(0, 9999)],
  ['before the start', facet(-5, 11)],
  ['the wrong way round', facet(11, 0)],
  ['within a letter', facet(1, 2)],
  [
    'of no number',
    { index: { byteStart: 'a', byteEnd: null }, features: [{ $type: MENTION, did: US }] },
  ],
  ['of nothing', null],
])('a facet that lies, %s, changes no words', (_, lie) => {
  const text = '👩🏽‍🚒 JOIN 12';
  expect(said({ ...toTask, text, facets: [lie] })?.text).toBe(text);
});

test('twenty-five mentions are one message', () => {
  const text = Array.from({ length: 25 }, (_, at) => `@person${at}.test`).join(' ');
  const facets = text.split(' ').map((words, at) => on(text, words, at === 24 ? US : BEN));
  expect(said({ text, facets })?.text).toBe(text.split(' ').slice(0, 24).join(' '));
});

test('three thousand bytes of combining marks stay as they are', () => {
  const text = `z${'\u0301'.repeat(1499)}`;
  expect(said({ ...toTask, text })?.text).toBe(text);
});

test.each([
  ['a reply to a task', toTask, TASK.uri, TASK.uri],
  ['a reply below their own', { reply: { root: TASK, parent: ANAS } }, ANAS.uri, TASK.uri],
  [
    'a quote of a task',
    { embed: { $type: 'app.bsky.embed.record', record: TASK } },
    TASK.uri,
    ANAS.uri,
  ],
  [
    'a quote of a task with pictures',
    { embed: { $type: 'app.bsky.embed.recordWithMedia', record: { record: TASK }, media: {} } },
    TASK.uri,
    ANAS.uri,
  ],
])('%s', (_, record, replyTo, thread) => {
  const message = said(record);
  expect(message).toMatchObject({ replyTo, thread, isPublic: true, post: ANAS });
  const root = 'reply' in record ? TASK : ANAS;
  expect(JSON.parse(message?.place ?? '')).toEqual({ root, parent: ANAS });
});

test('a quotation is for others unless it names us', () => {
  const quote = { embed: { $type: 'app.bsky.embed.record', record: TASK } };
  const text = 'Look at this great initiative!';
  expect(said({ ...quote, text })).toMatchObject({ isQuote: true, text });
  const named = { ...quote, text: '@us look', facets: [facet(0, 3)] };
  expect(said(named)?.isQuote).toBeUndefined();
  expect(said(named)?.namesUs).toBe(true);
  expect(said({ ...toTask, text })?.isQuote).toBeUndefined();
});

const BEN_POST = post(BEN, '3ben');
test.each([
  ['a post of nobody concerned', {}],
  ['a reply to somebody else below a task', { reply: { root: TASK, parent: BEN_POST } }],
  [
    'a quote of what is no task',
    { embed: { $type: 'app.bsky.embed.record', record: post(US, '3x') } },
  ],
  ['a mention of somebody else', { text: '@ben', facets: [facet(0, 4, BEN)] }],
  ['a reply to what is no post', { reply: { root: TASK, parent: { uri: 'at://x', cid: '' } } }],
  ['a record of another kind', { $type: 'app.bsky.feed.like', ...toTask }],
])('%s is not for us', (_, record) => {
  expect(parsePost(shown(record), around)).toEqual({ kind: 'nothing' });
});

test('a bot is known by its own label, and not by what others call it', () => {
  const label = (src: string, more: object = {}) => ({
    did: ANA,
    labels: [{ src, val: 'bot', ...more }],
  });
  expect(parsePost(shown(toTask, label(ANA)), around).kind).toBe('nothing');
  expect(parsePost(shown(toTask, label(BEN)), around).kind).toBe('said');
  expect(parsePost(shown(toTask, label(ANA, { neg: true })), around).kind).toBe('said');
});

test('a private message was sent when the service says so; a post, when it came', () => {
  const at = '2026-11-24T18:00:00.000Z';
  const dm = { id: '3k', text: 'hi', sender: { did: ANA }, sentAt: at };
  expect(parseMessage(dm, 'convo', US)?.sentAt).toBe(Date.parse(at));
  expect(parseMessage({ ...dm, sentAt: 'soon' }, 'convo', US)).not.toHaveProperty('sentAt');
  const facets = [on('@creek.test hi', '@creek.test')];
  const post = said({ text: '@creek.test hi', facets, createdAt: at });
  expect(post?.text).toBe('hi');
  expect(post).not.toHaveProperty('sentAt');
});

test('a post without its record is missing', () => {
  expect(parsePost(shown(undefined), around)).toEqual({ kind: 'missing', uri: ANAS.uri });
});

const CID = 'bafkreibme22gw2h7y2h7tg2fhqotaqjucnbc24deqo72b6mkl2egezxhvy';
const blob = { $type: 'blob', ref: { $link: CID }, mimeType: 'image/jpeg', size: 3 };
const asRead = BlobRef.asBlobRef(blob) ?? blob;
test.each([
  ['images', { $type: 'app.bsky.embed.images', images: [{ image: blob }] }, 1],
  [
    'images as the library reads them',
    { $type: 'app.bsky.embed.images', images: [{ image: asRead }] },
    1,
  ],
  ['images of long ago', { $type: 'app.bsky.embed.images', images: [{ image: { cid: CID } }] }, 1],
  ['a gallery', { $type: 'app.bsky.embed.gallery', items: [{ image: blob }, { video: blob }] }, 1],
  [
    'images beside a quote',
    {
      $type: 'app.bsky.embed.recordWithMedia',
      record: { record: BEN_POST },
      media: { $type: 'app.bsky.embed.images', images: [{ image: blob }] },
    },
    1,
  ],
  ['a video', { $type: 'app.bsky.embed.video', video: blob }, 0],
  ['a quote', { $type: 'app.bsky.embed.record', record: BEN_POST }, 0],
  ['what nobody knows yet', { $type: 'app.bsky.embed.hologram', images: [{ image: blob }] }, 0],
])('pictures of a post with %s', (_, embed, count) => {
  const pictures = said({ ...toTask, text: 'done', embed })?.pictures;
  expect(pictures).toEqual(Array(count).fill({ source: `${ANA} ${CID}` }));
});

test('nothing that strangers write breaks it, and no facet adds to the words', () => {
  const index = fc.oneof(fc.integer({ min: -10, max: 80 }), fc.anything());
  const feature = fc.record({ $type: fc.constant(MENTION), did: fc.constantFrom(US, BEN) });
  const lie = fc.record({
    index: fc.record({ byteStart: index, byteEnd: index }),
    features: fc.oneof(fc.array(feature), fc.anything()),
  });
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .string({ unit: 'grapheme', maxLength: 60 })
      .map((words) => `@creek.test ${words} @creek.test`),
  );
  const record = fc.record({
    text,
    facets: fc.oneof(fc.array(fc.oneof(lie, fc.anything())), fc.anything()),
    embed: fc.anything(),
    reply: fc.oneof(fc.constant(toTask.reply), fc.anything()),
  });
  fc.assert(
    fc.property(record, (one) => {
      const parsed = parsePost(shown(one), around);
      if (parsed.kind === 'said') expect(one.text).toContain(parsed.message.text);
    }),
  );
  fc.assert(fc.property(fc.anything(), (anything) => void parsePost(anything, around)));
});
