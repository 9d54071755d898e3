// What updates mean, in the shapes in which Telegram sends them.
import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { describe, expect, test } from 'vitest';
import { parse } from '../../../src/channels/telegram/parse.ts';
import { TELEGRAM_TEXTS } from '../../support/telegram-desk.ts';
import {
  ANA_ID,
  CHANNEL_ID,
  channel,
  copiedPost,
  copies,
  edits,
  GROUP_ID,
  moves,
  photo,
  posts,
  presses,
  says,
  saysInGroup,
  sends,
  standing,
  user,
} from '../../support/telegram-updates.ts';

const AROUND = {
  id: 7000000001,
  username: 'CityTestBot',
  announceWords: TELEGRAM_TEXTS.announceWords,
  channel: '@citysync_test',
  nameOf: String,
};
const ana = user(ANA_ID);
const understood = (update: Update) => parse(update, AROUND);
const NOTHING = { kind: 'nothing' };
const copy = copiedPost(41, 'Limpieza');
const toBot = { reply_to_message: { message_id: 9, from: { id: AROUND.id, is_bot: true } } };

describe('a person in private', () => {
  const said: readonly (readonly [string, Update, object])[] = [
    ['words', says(ana, 'tareas'), { sender: String(ANA_ID), text: 'tareas', place: null }],
    ['a command', says(ana, '/unirme 12'), { text: 'unirme 12', start: undefined }],
    ['a command of two words', says(ana, '/por_que'), { text: 'por que' }],
    ['the start', says(ana, '/start'), { start: { payload: '' } }],
    ['a link followed', says(ana, '/start Ab_-9'), { start: { payload: 'Ab_-9' } }],
    [
      'a payload that no link has',
      says(ana, '/start a b'),
      { start: undefined, text: 'start a b' },
    ],
    ['start as a word', says(ana, 'start'), { start: undefined, text: 'start' }],
    ['a photo, its largest size', sends(ana, photo('creek')), { pictures: ['creek'], text: '' }],
    [
      'a picture sent as a file',
      sends(ana, { document: { file_id: 'f', mime_type: 'image/png' }, caption: 'LISTO 3' }),
      { pictures: ['f'], text: 'LISTO 3', unread: undefined },
    ],
    ...['application/octet-stream', 'application/pdf', undefined].map(
      (mime_type) =>
        [
          `a file of the kind ${mime_type}, which its bytes will tell`,
          sends(ana, { document: { file_id: 'f', mime_type } }),
          { pictures: ['f'], unread: undefined },
        ] as const,
    ),
    [
      'a part of an album',
      sends(ana, photo('creek', { media_group_id: '77' })),
      { album: '77', pictures: ['creek'] },
    ],
    [
      'where somebody is',
      sends(ana, { location: { latitude: 37.88, longitude: -122.27 } }),
      {
        ...{ unread: 'location', text: '', pictures: [] },
        location: { latitude: 37.88, longitude: -122.27 },
      },
    ],
    [
      'a place of the map',
      sends(ana, {
        location: { latitude: 37.88, longitude: -122.27 },
        venue: {
          location: { latitude: 37.88, longitude: -122.27 },
          title: 'Live Oak Park',
          address: 'Shattuck Ave',
        },
      }),
      { text: 'Live Oak Park', location: { latitude: 37.88, longitude: -122.27 } },
    ],
    [
      'a place that is not on earth',
      sends(ana, { location: { latitude: 97, longitude: -122.27 } }),
      { unread: 'location', text: '' },
    ],
    [
      'their own card, as the button sends it',
      sends(ana, {
        contact: { phone_number: '15105550177', first_name: 'Ana', user_id: ANA_ID },
      }),
      { sharedNumber: '+15105550177', unread: undefined, text: '' },
    ],
    [
      'the card of somebody else',
      sends(ana, {
        contact: { phone_number: '15105550177', first_name: 'Eva', user_id: ANA_ID + 1 },
      }),
      { unread: 'contact' },
    ],
    [
      'a contact, of which nothing is kept',
      sends(ana, { contact: { phone_number: '+15105550177', first_name: 'Eva' } }),
      { unread: 'contact', text: '' },
    ],
    ['a sticker', sends(ana, { sticker: { file_id: 's', emoji: '👍' } }), { unread: 'other' }],
    ['a voice message', sends(ana, { voice: { file_id: 'v' } }), { unread: 'other' }],
    [
      'a moving picture, which also comes as a file',
      sends(ana, {
        animation: { file_id: 'a' },
        document: { file_id: 'a', mime_type: 'image/gif' },
      }),
      { unread: 'other', pictures: [] },
    ],
    [
      'when Telegram got it',
      says(ana, 'tareas', { date: 1_795_543_100 }),
      { sentAt: 1_795_543_100_000 },
    ],
    [
      'an answer',
      says(ana, 'sí', { reply_to_message: { message_id: 9 } }),
      { replyTo: `${ANA_ID}/9`, thread: undefined },
    ],
    [
      'corrected words, and how long after',
      edits(ana, 5, { text: 'unirme 13' }),
      {
        externalId: `${ANA_ID}/5`,
        text: 'unirme 13',
        sentAt: 1_795_543_260_000,
        changedAfterMs: 60_000,
      },
    ],
  ];
  test.each(said)('says %s', (_, update, means) => {
    expect(understood(update)).toMatchObject({ kind: 'said', ...means });
  });

  test('a corrected caption is only words', () => {
    const update = edits(ana, 5, photo('creek', { caption: 'LISTO 3' }));
    expect(understood(update)).toMatchObject({
      text: 'LISTO 3',
      pictures: [],
      changedAfterMs: 60_000,
    });
  });

  test.each([
    ['a change of a photo', edits(ana, 5, photo('creek'))],
    [
      'a corrected caption in an album',
      edits(ana, 5, photo('creek', { caption: 'LISTO 3', media_group_id: 'a' })),
    ],
    ['a location that moves', edits(ana, 5, { location: { latitude: 1, longitude: 1 } })],
    ['another bot', says(user(8, { is_bot: true }), 'tareas')],
    ['an update of another kind', { update_id: 1, poll: {} } as unknown as Update],
  ])('%s is nothing', (_, update) => {
    expect(understood(update)).toEqual(NOTHING);
  });

  test('keeps nothing of a contact', () => {
    const sent = sends(ana, {
      contact: { phone_number: '+15105550177', first_name: 'Eva' },
    });
    expect(JSON.stringify(understood(sent))).not.toMatch(/5550177|Eva/);
  });
});

describe('a group', () => {
  const forUs: readonly (readonly [string, Update, object])[] = [
    ['a command', saysInGroup(ana, '/tareas'), { text: 'tareas' }],
    ['a command with the name', saysInGroup(ana, '/unirme@citytestbot 3'), { text: 'unirme 3' }],
    ['a mention', saysInGroup(ana, 'hola @CityTestBot, ¿qué hay?'), { text: 'hola , ¿qué hay?' }],
    ['a reply to the bot', saysInGroup(ana, 'unirme', toBot), { replyTo: `${GROUP_ID}/9` }],
    [
      'a comment on a post',
      saysInGroup(ana, 'me apunto', { reply_to_message: copy, message_thread_id: 4 }),
      {
        comments: { post: `${CHANNEL_ID}/41` },
        thread: `${GROUP_ID}/4`,
        place: { chat: GROUP_ID },
      },
    ],
    [
      'a topic',
      saysInGroup(ana, '/tareas', {
        is_topic_message: true,
        message_thread_id: 4,
        reply_to_message: { message_id: 4, forum_topic_created: { name: 'a' } },
      }),
      { replyTo: null, place: { thread: 4 } },
    ],
  ];
  test.each(forUs)('is heard for %s', (_, update, means) => {
    expect(understood(update)).toMatchObject({ kind: 'said', ...means });
  });

  test.each([
    ['people among themselves', saysInGroup(ana, 'unirme 3')],
    ['a command for another bot', saysInGroup(ana, '/unirme@OtherBot 3')],
    ['a mention of another bot', saysInGroup(ana, '@CityTestBots unirme 3')],
    ['a reply to a person', saysInGroup(ana, 'sí', { reply_to_message: { from: ana } })],
    ['an anonymous admin', saysInGroup(ana, '/tareas', { sender_chat: { id: GROUP_ID } })],
    ['somebody who joins', saysInGroup(ana, '', { text: undefined, new_chat_members: [ana] })],
    ['a copy of a post of another channel', copies(copiedFromOther())],
  ])('is not heard for %s', (_, update) => {
    expect(understood(update)).toEqual(NOTHING);
  });

  test('tells the copy of a post, and a new id of its own', () => {
    expect(understood(copies(copy))).toMatchObject({ kind: 'copied', post: `${CHANNEL_ID}/41` });
    expect(understood(moves(-5, GROUP_ID))).toEqual({ kind: 'moved', from: -5, to: GROUP_ID });
  });
});

function copiedFromOther(): object {
  const origin = { type: 'channel', chat: { ...channel, id: -9, username: 'x' }, message_id: 41 };
  return { ...copiedPost(41, 'x'), forward_origin: origin };
}

describe('the channel', () => {
  test.each([
    ['/task Limpieza; 5', 'en', 'Limpieza; 5'],
    ['/tarea Limpieza; 5', 'es', 'Limpieza; 5'],
    ['/anunciar@CityTestBot Limpieza', 'es', 'Limpieza'],
    ['/task', 'en', ''],
  ])('is announced in by %s', (text, language, rest) => {
    expect(understood(posts(text))).toMatchObject({ kind: 'posted', language, text: rest });
  });
  test.each(['Buenos días', '/tasks', '/task@OtherBot Limpieza', 'a /task b'])(
    'is left alone by %s',
    (text) => {
      expect(understood(posts(text))).toEqual(NOTHING);
    },
  );
  test('may also be known by its number, and tells whether the bot may post', () => {
    const around = { ...AROUND, channel: String(CHANNEL_ID) };
    expect(parse(posts('/task x'), around)).toMatchObject({ kind: 'posted' });
    expect(parse(posts('/task x'), { ...AROUND, channel: undefined })).toEqual(NOTHING);
    expect(understood(standing('administrator', true))).toEqual({
      kind: 'standing',
      mayPost: true,
    });
    expect(understood(standing('left', false))).toEqual({ kind: 'standing', mayPost: false });
  });
});

test('a button that was pressed tells who did it, and where', () => {
  expect(understood(presses(ana, 'data', { id: 3 }, 'q1'))).toMatchObject({
    kind: 'pressed',
    queryId: 'q1',
    sender: String(ANA_ID),
    data: 'data',
    under: { chat: ANA_ID, message: 3 },
    place: null,
  });
});

test('any text of a stranger is understood as something', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isGroup) => {
      const update = isGroup ? saysInGroup(ana, text) : says(ana, text);
      const parsed = understood(update);
      expect(['said', 'nothing']).toContain(parsed.kind);
      if (parsed.kind === 'said') expect(parsed.text.length).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('no fields that are missing or strange bring it down', () => {
  const kinds = ['message', 'edited_message', 'callback_query', 'channel_post', 'my_chat_member'];
  const base = { chat: { id: 1, type: 'private' }, from: ana, message_id: 1, date: 1 };
  fc.assert(
    fc.property(
      fc.constantFrom(...kinds),
      fc.dictionary(
        fc.constantFrom('text', 'caption', 'sticker', 'media_group_id', 'data', 'edit_date'),
        fc.string(),
      ),
      (kind, more) => {
        const member = { new_chat_member: { status: 'left' } };
        const update = { update_id: 1, [kind]: { ...base, ...member, ...more } };
        expect(() => understood(update as unknown as Update)).not.toThrow();
      },
    ),
  );
});
