// What goes out: limits, places, pictures, refusals, pace.
import decodeQR from 'qr/decode.js';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { INPUT_BYTES_MAX } from '../../../src/media/limits.ts';
import { type Bot, openBot } from '../../support/telegram-bot.ts';
import { nameOf, TALKER } from '../../support/telegram-desk.ts';
import { type Shown, startTelegram, TOKEN } from '../../support/telegram-server.ts';
import { ANA_ID, CHANNEL_ID, GROUP_ID, moves, says, user } from '../../support/telegram-updates.ts';
import { waitFor } from '../../support/wait-for.ts';

const PNG = [0x89, 0x50, 0x4e, 0x47];
const CHOICES = [{ label: 'Aprobar 31', send: 'APROBAR 31' }];
const MARKUP =
  '*bold* _under_ [link](http://x.example) <b>tag</b> & `code` \\ #1 (a) - + = | {x} . !';
let bot: Bot;
beforeEach(async () => {
  bot = await openBot();
  await bot.channel.start();
});
afterEach(() => bot.close());

const shown = (chat = ANA_ID): readonly Shown[] => bot.telegram.shown(chat);
const place = (thread?: number) =>
  JSON.stringify({ chat: GROUP_ID, message: 31, ...(thread === undefined ? {} : { thread }) });

describe('a message', () => {
  test('is what it says, whatever signs people use', async () => {
    await bot.deliver(MARKUP);
    expect(shown()).toMatchObject([{ text: MARKUP, buttons: [] }]);
  });

  test('of more than 4096 characters is several, and each can be answered', async () => {
    const outcome = await bot.deliver(`${'x'.repeat(4095)}👩🏽‍🚒 y más`, {
      with: { choices: CHOICES },
    });
    const [first, second] = shown();
    expect(outcome).toEqual({
      ok: true,
      providerId: `${nameOf(ANA_ID)}/${first?.id}`,
      alsoIds: [`${nameOf(ANA_ID)}/${second?.id}`],
    });
    expect([first?.text, second?.text]).toEqual(['x'.repeat(4095), '👩🏽‍🚒 y más']);
    expect([first?.buttons.length, second?.buttons.length]).toEqual([0, 1]);
  });

  test('that asks for a number has a button for it, in private only', async () => {
    const asking = { with: { asksForNumber: 'Share my phone number' } };
    await bot.deliver('Your code: 493 027', asking);
    expect(bot.calls('sendMessage').at(-1)?.fields['reply_markup']).toMatchObject({
      keyboard: [[{ text: 'Share my phone number', request_contact: true }]],
      one_time_keyboard: true,
    });
    expect(await bot.deliver('here', { ...asking, place: place() })).toMatchObject({ ok: true });
  });

  test('that broke off half way goes on where it stopped', async () => {
    bot.telegram.fault('sendMessage', {
      result: { message_id: 1, chat: { id: ANA_ID }, text: 'a' },
    });
    bot.telegram.fault('sendMessage', 'break');
    const text = `${'a'.repeat(4096)}b`;
    expect(await bot.deliver(text, { id: 900 })).toMatchObject({
      ok: false,
      error: { kind: 'retry' },
    });
    expect(await bot.deliver(text, { id: 900, attempt: 2 })).toMatchObject({
      ok: true,
      providerId: `${nameOf(ANA_ID)}/1`,
    });
    expect(shown().map((one) => one.text)).toEqual(['b']);
  });

  test('in a group answers the message in its topic', async () => {
    await bot.deliver('Hay una.', { place: place(4) });
    expect(shown(GROUP_ID)).toMatchObject([{ text: 'Hay una.', replyTo: 31, thread: 4 }]);
  });
});

describe('pictures', () => {
  test('a review is the photo with its words and its buttons', async () => {
    await bot.deliver('¿Está bien?', { with: { pictures: ['creek'], choices: CHOICES } });
    const [one, ...more] = shown();
    expect(more).toEqual([]);
    expect(one).toMatchObject({ text: '¿Está bien?', buttons: [{ text: 'Aprobar 31' }] });
    expect(new TextDecoder().decode(one?.photos[0])).toBe('creek');
  });

  test('several are an album, and the buttons stand under the words', async () => {
    const outcome = await bot.deliver('¿Está bien?', {
      with: { pictures: ['a', 'b', 'c'], choices: CHOICES },
    });
    const [album, words] = shown();
    expect([album?.photos.length, words?.text, words?.buttons.length]).toEqual([
      3,
      '¿Está bien?',
      1,
    ]);
    expect(outcome).toMatchObject({ providerId: `${nameOf(ANA_ID)}/${words?.id}` });
  });

  test('what Telegram takes for no photo is sent as a file, with its words and buttons', async () => {
    const description = 'Bad Request: PHOTO_INVALID_DIMENSIONS';
    bot.telegram.fault('sendPhoto', { code: 400, description });
    await bot.deliver('¿Está bien?', { with: { pictures: ['long'], choices: CHOICES } });
    expect(shown()).toMatchObject([{ text: '¿Está bien?', buttons: [{ text: 'Aprobar 31' }] }]);
    bot.telegram.fault('sendMediaGroup', { code: 400, description });
    await bot.deliver('¿Está bien?', { with: { pictures: ['a', 'b'], choices: CHOICES } });
    expect(
      shown()
        .slice(1)
        .map(({ photos }) => photos.length),
    ).toEqual([1, 1, 0]);
  });

  test('a picture that is gone leaves its words and buttons behind', async () => {
    bot.desk.lose('a');
    const long = 'x'.repeat(1025);
    await bot.deliver(long, { with: { pictures: ['a'], choices: CHOICES } });
    expect(shown()).toMatchObject([{ text: long, photos: [], buttons: [{ text: 'Aprobar 31' }] }]);
  });

  test('words that are no caption come before the photo', async () => {
    await bot.deliver('x'.repeat(1025), { with: { pictures: ['a'], choices: CHOICES } });
    expect(
      shown().map(({ text, photos, buttons }) => [text.length, photos.length, buttons.length]),
    ).toEqual([
      [1025, 0, 0],
      [0, 1, 1],
    ]);
  });

  test('a code is also a picture for the counter', async () => {
    await bot.deliver('Tu código: 7GK2-M4QX', { with: { code: '7GK2-M4QX' } });
    expect([...(shown()[0]?.photos[0]?.subarray(0, 4) ?? [])]).toEqual(PNG);
  });

  test('the code on site is also a picture that opens the chat and checks in', async () => {
    await bot.deliver('Código de llegada: 4821', { with: { checkIn: '4821' } });
    const png = shown()[0]?.photos[0] ?? new Uint8Array();
    const { data, info } = await sharp(png).ensureAlpha().raw().toBuffer({
      resolveWithObject: true,
    });
    const picture = { width: info.width, height: info.height, data: new Uint8Array(data) };
    expect(decodeQR(picture)).toBe('https://t.me/CityTestBot?start=here-4821');
  });

  test('what people sent is fetched anew when its address has expired', async () => {
    const bytes = new Uint8Array([1, 2, 3]);
    bot.telegram.addFile('creek', bytes);
    expect(await bot.channel.fetchPicture?.('creek')).toEqual({ ok: true, value: bytes });
    bot.telegram.expireAddresses();
    expect(await bot.channel.fetchPicture?.('creek')).toEqual({ ok: true, value: bytes });
  });

  test('what is too large or gone is refused, and nothing tells the token', async () => {
    bot.telegram.addFile('huge', { code: 400, description: 'Bad Request: file is too big' });
    bot.telegram.addFile('big', new Uint8Array(INPUT_BYTES_MAX + 1));
    const code = async (id: string) => {
      const fetched = await bot.channel.fetchPicture?.(id);
      return fetched?.ok === false ? fetched.refusal.code : fetched;
    };
    expect(await code('huge')).toBe('picture-too-large');
    expect(await code('big')).toBe('picture-too-large');
    expect(await code('gone')).toBe('picture-unreachable');
    const { url } = bot.telegram;
    bot.telegram.fault('getFile', { result: { file_path: 'photos/none.jpg', file_size: 3 } });
    const error = await bot.channel.fetchPicture?.('creek').catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/does not give a picture/);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(TOKEN);
    expect(String(error)).not.toContain(url);
  });
});

describe('the channel', () => {
  const announce = (text: string, pictures: readonly string[] = []) =>
    bot.deliver(text, {
      to: null,
      kind: 'announcement',
      with: { pictures, choices: [{ label: 'Unirme', send: 'UNIRME 1' }] },
    });
  const update = (text: string, announced: string | null, choices: typeof CHOICES = []) =>
    bot.deliver(text, { to: null, kind: 'update', announced, with: { choices } });

  test.each([
    ['words', []],
    ['a photo', ['creek']],
    ['an album', ['a', 'b']],
  ])('an announcement of %s follows its task', async (_, pictures) => {
    const outcome = await announce('Limpieza: 3 lugares', pictures);
    const id = outcome.ok ? outcome.providerId : null;
    expect(await update('Limpieza: 2 lugares', id, CHOICES)).toEqual({ ok: true, providerId: id });
    expect(await update('Limpieza: 2 lugares', id, CHOICES)).toMatchObject({ ok: true });
    expect(await update('Limpieza: terminó', id)).toMatchObject({ ok: true });
    expect(shown(CHANNEL_ID).at(-1)).toMatchObject({ text: 'Limpieza: terminó', buttons: [] });
  });

  test('an announcement that somebody deleted is given up', async () => {
    const gone = await update('Limpieza', `${CHANNEL_ID}/5`);
    expect(gone).toMatchObject({ ok: false, error: { kind: 'rejected' } });
    expect(await update('Limpieza', null)).toMatchObject({ error: { kind: 'rejected' } });
  });

  test('takes twenty messages a minute; more wait untried, and people are not held up', async () => {
    for (let count = 0; count < 20; count += 1) expect((await announce(`${count}`)).ok).toBe(true);
    expect(await announce('one more')).toMatchObject({
      ok: false,
      error: { kind: 'retry', retryAfterMs: MINUTE_MS, isUntried: true },
    });
    expect((await bot.deliver('Hola')).ok).toBe(true);
    bot.clock.time += MINUTE_MS + 1;
    expect((await announce('one more')).ok).toBe(true);
  });
});

describe('refusals', () => {
  const to = {
    person: {},
    group: { place: place() },
    channel: { to: null, kind: 'announcement' },
  } as const;
  const CASES: readonly (readonly [number, string, keyof typeof to, string])[] = [
    [403, 'Forbidden: bot was blocked by the user', 'person', 'unreachable'],
    [403, 'Forbidden: user is deactivated', 'person', 'unreachable'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'person', 'closed'],
    [400, 'Bad Request: chat not found', 'person', 'unreachable'],
    [400, 'Bad Request: message is too long', 'person', 'rejected'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'group', 'rejected'],
    [403, 'Forbidden: bot is not a member of the channel chat', 'channel', 'misconfigured'],
    [400, 'Bad Request: need administrator rights in the channel chat', 'channel', 'misconfigured'],
    [400, 'Bad Request: chat not found', 'channel', 'misconfigured'],
    [401, 'Unauthorized', 'person', 'misconfigured'],
    [409, 'Conflict: terminated by other getUpdates request', 'person', 'retry'],
    [500, 'Internal Server Error', 'person', 'retry'],
    [502, 'Bad Gateway', 'person', 'retry'],
  ];
  test.each(CASES)('%i %s to a %s means %s', async (code, description, audience, kind) => {
    bot.telegram.fault('sendMessage', { code, description });
    const outcome = await bot.deliver('secret words', to[audience]);
    expect(outcome).toMatchObject({ ok: false, error: { kind } });
    expect(JSON.stringify(outcome)).not.toMatch(new RegExp(`secret words|${ANA_ID}|${TOKEN}`));
  });

  test('no answer at all is tried again, and its words tell no address', async () => {
    bot.telegram.fault('sendMessage', 'break');
    const outcome = await bot.deliver('Hola');
    expect(outcome).toEqual({
      ok: false,
      error: { kind: 'retry', detail: 'Telegram did not answer' },
    });
  });

  test('who never opened a chat gets a button for that in the group, until they did', async () => {
    const description = "Forbidden: bot can't initiate conversation with a user";
    bot.telegram.fault('sendMessage', { code: 403, description });
    await bot.deliver('Tu saldo: 5');
    await bot.deliver('Eso es privado.', { place: place() });
    expect(shown(GROUP_ID).at(-1)?.buttons).toEqual([
      { text: 'Abrir el chat', url: 'https://t.me/CityTestBot' },
    ]);
    await bot.deliver('Tu saldo: 5');
    await bot.deliver('Te contesté.', { place: place() });
    expect(shown(GROUP_ID).at(-1)?.buttons).toEqual([]);
  });

  test('when Telegram asks for patience the whole bot is patient', async () => {
    bot.telegram.fault('sendMessage', {
      code: 429,
      description: 'Too Many Requests: retry after 7',
      parameters: { retry_after: 7 },
    });
    const asked = { ok: false, error: { kind: 'retry', retryAfterMs: 7000, isUntried: true } };
    expect(await bot.deliver('Hola')).toMatchObject(asked);
    expect(await bot.deliver('Hola', { place: place() })).toMatchObject(asked);
    expect(bot.calls('sendMessage')).toHaveLength(1);
    bot.clock.time += 7000;
    expect((await bot.deliver('Hola')).ok).toBe(true);
  });

  test('a group that became a supergroup is followed', async () => {
    bot.telegram.addChat(-77, { type: 'supergroup' });
    bot.telegram.refuse(GROUP_ID, {
      code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -77 },
    });
    expect(await bot.deliver('Hola', { place: place() })).toMatchObject({
      error: { kind: 'retry', isUntried: true },
    });
    expect((await bot.deliver('Hola', { place: place() })).ok).toBe(true);
    expect(shown(-77)).toHaveLength(1);
    bot.telegram.addChat(-78, { type: 'supergroup' });
    await bot.push(moves(-6, -78));
    const there = JSON.stringify({ chat: -6, message: 2 });
    expect((await bot.deliver('Hola', { place: there })).ok).toBe(true);
    expect(shown(-78)).toHaveLength(1);
  });
});

test('the id of a private message, which is kept in the clear, does not tell whose it is', async () => {
  const outcome = await bot.deliver('Hola');
  expect(outcome).toMatchObject({
    ok: true,
    providerId: expect.stringMatching(/^p[\w-]{16}\/\d+$/),
  });
  await bot.push(says(user(ANA_ID), 'Hola', { reply_to_message: { message_id: 5 } }));
  const [message] = bot.desk.messages();
  expect(message?.externalId).toMatch(/^p[\w-]{16}\/\d+\/[\w-]{22}$/);
  expect(message?.replyTo).toBe(`${nameOf(ANA_ID)}/5`);
});

test('a partner’s menu follows their roles, and is set once', async () => {
  const scope = `{"type":"chat","chat_id":${ANA_ID}} `;
  await bot.deliver('Hola');
  bot.desk.talkers.set(String(ANA_ID), { ...TALKER, organizer: true });
  await bot.deliver('Eres organizadora.');
  await waitFor(() => expect(bot.telegram.menus.get(scope)).toHaveLength(2));
  await bot.deliver('Hola');
  expect(bot.calls('setMyCommands')).toHaveLength(4);
  bot.desk.talkers.set(String(ANA_ID), TALKER);
  await bot.deliver('Ya no.');
  await waitFor(() => expect(bot.telegram.menus.has(scope)).toBe(false));
  expect(JSON.stringify(bot.desk.clear())).not.toContain(String(ANA_ID));
});

describe('the server of these tests', () => {
  test('refuses what Telegram refuses', async () => {
    const telegram = await startTelegram();
    telegram.addChat(5);
    const call = async (method: string, fields: object) => {
      const answer = await fetch(`${telegram.url}/bot${TOKEN}/${method}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ chat_id: 5, ...fields }),
      });
      return ((await answer.json()) as { description?: string }).description;
    };
    const button = (data: string) => ({
      text: 'x',
      reply_markup: { inline_keyboard: [[{ text: 'x', callback_data: data }]] },
    });
    expect(await call('sendMessage', { text: ' ' })).toMatch(/text is empty/);
    expect(await call('sendMessage', { text: 'x'.repeat(4097) })).toMatch(/too long/);
    expect(await call('sendMessage', button('ñ'.repeat(33)))).toMatch(/BUTTON_DATA_INVALID/);
    expect(await call('sendMessage', { chat_id: 6, text: 'x' })).toMatch(/chat not found/);
    expect(await call('setWebhook', { url: 'http://x' })).toMatch(/HTTPS/);
    expect(await call('noSuchMethod', {})).toMatch(/method not found/);
    expect(await call('setWebhook', { url: 'https://x', allowed_updates: [] })).toBeUndefined();
    expect(await call('getUpdates', {})).toMatch(/webhook is active/);
    await telegram.close();
  });
});
