// What comes in, through the webhook and by asking, until it is stored.
import fc from 'fast-check';
import type { Update } from 'grammy/types';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTelegramChannel } from '../../../src/channels/telegram/channel.ts';
import { ALLOWED_UPDATES } from '../../../src/channels/telegram/parse.ts';
import { UnreadableUpdate } from '../../../src/channels/telegram/readable.ts';
import { DAY_MS, MINUTE_MS, SECOND_MS } from '../../../src/lib/clock.ts';
import { clockOf } from '../../support/clock.ts';
import { type Bot, openBot, SECRET } from '../../support/telegram-bot.ts';
import { TALKER, TELEGRAM_TEXTS, TELEGRAM_WORDS } from '../../support/telegram-desk.ts';
import { TOKEN } from '../../support/telegram-server.ts';
import {
  ANA_ID,
  CHANNEL_ID,
  copiedPost,
  copies,
  photo,
  posts,
  presses,
  says,
  saysInGroup,
  sends,
  standing,
  user,
} from '../../support/telegram-updates.ts';
import { waitFor } from '../../support/wait-for.ts';

const UNREADABLE = String(new UnreadableUpdate());

/** The same update with another value at one of its places. */
function withOther(update: Update, place: number, value: unknown): unknown {
  let places = 0;
  JSON.stringify(update, (_, inner) => {
    places += 1;
    return inner;
  });
  let at = -1;
  return JSON.parse(
    JSON.stringify(update, (key, inner) => {
      at += 1;
      const isPlace = at === place % places && at > 0 && key !== 'update_id';
      return isPlace ? value : inner;
    }),
  );
}

const ana = user(ANA_ID);
const ben = user(7000142, { first_name: 'Ben' });
let bot: Bot;
beforeEach(async () => {
  bot = await openBot();
});
afterEach(() => bot.close());

describe('the webhook', () => {
  beforeEach(() => bot.channel.start());

  test('is named to Telegram with its secret and the kinds of update that it takes', () => {
    expect(bot.calls('setWebhook')[0]?.fields).toMatchObject({
      url: 'https://city.example/webhooks/telegram',
      secret_token: SECRET,
      allowed_updates: [
        'message',
        'edited_message',
        'channel_post',
        'callback_query',
        'my_chat_member',
      ],
    });
  });

  test.each([null, '', 'another', `${SECRET}x`])(
    'stores nothing for the secret %j',
    async (secret) => {
      expect(await bot.post(JSON.stringify(says(ana, 'HI')), secret)).toBe(401);
      expect(bot.texts()).toEqual([]);
    },
  );

  test('answers 200 only once an update is stored, and once for all its repeats', async () => {
    const update = says(ana, 'unirme 12');
    bot.desk.breakFor(1);
    expect(await bot.push(update)).toEqual([500]);
    expect(bot.texts()).toEqual([]);
    expect(await bot.push(update, update)).toEqual([200, 200]);
    const body = JSON.stringify(update);
    expect(await Promise.all([bot.post(body), bot.post(body)])).toEqual([200, 200]);
    expect(bot.texts()).toEqual(['unirme 12']);
  });

  test('acknowledges what has a field of a wrong type, and takes what is left of it', async () => {
    const odd = user(ANA_ID, { language_code: 5 as never });
    const press = presses(ana, 'unknown');
    const under = { message_id: {}, chat: { id: [], type: 'private' } };
    const wrong = [
      says(odd, '/start'),
      presses(odd, 'unknown'),
      {
        ...press,
        callback_query: { ...press.callback_query, message: under, data: { toString: 1 } },
      },
      { ...says(ana, 'x', { migrate_to_chat_id: { toString: 1 } }) },
    ];
    for (const update of wrong) expect(await bot.post(JSON.stringify(update))).toBe(200);
    expect(bot.texts()).toHaveLength(1);
  });

  test('acknowledges what cannot be understood, so that it holds up nothing, and stores none of it', async () => {
    expect(await bot.post('{"update_id":1,"message":{}}')).toBe(200);
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), fc.constantFrom(...ALLOWED_UPDATES), async (any, kind) => {
        expect(await bot.post(JSON.stringify({ update_id: 1, [kind]: any }))).toBe(200);
        expect([200, 400]).toContain(await bot.post(JSON.stringify(any)));
      }),
    );
    expect(bot.texts()).toEqual([]);
  });

  test('acknowledges an update with wrong types, counts it, and stores nothing of it', async () => {
    const wrong = (more: object) => {
      const update = says(ana, 'HI');
      return { ...update, message: { ...update.message, ...more } };
    };
    const updates = [
      wrong({ date: 'yesterday' }),
      wrong({ text: 12 }),
      wrong({ message_id: 'one' }),
      wrong({ from: { ...ana, id: { of: 'Ana' } } }),
      wrong({ chat: null }),
    ];
    for (const update of updates) expect(await bot.post(JSON.stringify(update))).toBe(200);
    expect(bot.texts()).toEqual([]);
    expect(bot.channel.status()).toEqual({ state: 'on', unreadUpdates: updates.length });
    expect(bot.desk.errors.map(String)).toEqual(updates.map(() => UNREADABLE));
    expect(await bot.push(says(ana, 'HOLA'))).toEqual([200]);
    expect(bot.texts()).toEqual(['HOLA']);
  });

  test('whatever one value of an update is changed to, what is stored has the right types', async () => {
    const kinds = [says(ana, 'HI'), sends(ana, photo('a')), saysInGroup(ana, '/join 12')];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...kinds),
        fc.nat(),
        fc.jsonValue(),
        async (update, at, any) => {
          expect(await bot.post(JSON.stringify(withOther(update, at, any)))).toBe(200);
        },
      ),
    );
    for (const stored of bot.desk.messages()) {
      expect(stored).toMatchObject({
        sender: expect.stringMatching(/^-?\d+$/),
        text: expect.any(String),
        sentAt: expect.any(Number),
      });
      expect(stored.sentAt).not.toBeNaN();
    }
  });

  test('refuses what is no update, and what is too long', async () => {
    expect(await bot.post('{')).toBe(400);
    expect(await bot.post('[]')).toBe(400);
    expect(await bot.post('x'.repeat(2 ** 20 + 1))).toBe(413);
  });
});

describe('asking for updates', () => {
  let asking: Bot;
  beforeEach(async () => {
    asking = await openBot({ isPolled: true });
    await asking.channel.start();
  });
  afterEach(() => asking.close());

  test('Telegram forgets only what is stored', async () => {
    asking.desk.breakFor(1);
    asking.telegram.happen(says(ana, 'uno'), says(ben, 'dos'));
    await asking.patience.pass(SECOND_MS);
    await waitFor(() => expect(asking.telegram.unconfirmed()).toEqual([]));
    expect([...asking.texts()].sort()).toEqual(['dos', 'uno']);
  });

  test('an update that cannot be read holds up nothing', async () => {
    const broken = says(ana, 'uno');
    const update = { ...broken, message: { ...broken.message, date: 'today' } };
    asking.telegram.happen(update as unknown as Update);
    asking.telegram.happen({ update_id: broken.update_id + 1, message: {} } as unknown as Update);
    asking.telegram.happen(says(ben, 'dos'));
    await waitFor(() => expect(asking.telegram.unconfirmed()).toEqual([]));
    expect(asking.texts()).toEqual(['dos']);
    expect(asking.channel.status()).toEqual({ state: 'on', unreadUpdates: 2 });
  });

  test('a start anew takes up what was not forgotten, and stores nothing twice', async () => {
    asking.telegram.happen(says(ana, 'uno'));
    await waitFor(() => expect(asking.telegram.unconfirmed()).toEqual([]));
    await asking.channel.stop();
    // After a quiet week ids may begin anew, lower than before.
    const late = { ...says(ana, 'dos'), update_id: 7 };
    asking.telegram.happen(late);
    const again = await openBot({ isPolled: true, on: asking });
    await again.channel.start();
    await waitFor(() => expect(asking.telegram.unconfirmed()).toEqual([]));
    expect(again.texts()).toEqual(['uno', 'dos']);
    await again.channel.stop();
  });

  test('another program with the same token is explained to the operator', async () => {
    await waitFor(() => expect(asking.calls('getUpdates').length).toBeGreaterThan(0));
    expect(asking.channel.status()).toEqual({ state: 'on' });
    const other = await openBot({ isPolled: true, on: asking });
    await other.channel.start();
    await waitFor(() => expect(asking.channel.status()).toMatchObject({ state: 'trouble' }));
    expect(asking.channel.status().problem).toMatch(/same token/);
    await other.channel.stop();
  });
});

describe('the start', () => {
  const startWith = (token: string) =>
    createTelegramChannel({
      ...bot.desk.capabilities,
      settings: { token, apiRoot: bot.telegram.url },
      clock: clockOf(() => bot.clock.time),
      texts: TELEGRAM_TEXTS,
    })
      .createIngress(bot.desk.inbox)
      .start();

  test('says that the token is wrong, without telling it', async () => {
    const problem = startWith('7:wrong');
    await expect(problem).rejects.toThrow(/TELEGRAM_BOT_TOKEN is wrong/);
    await expect(problem).rejects.not.toThrow(/7:wrong/);
  });

  test('goes on trying while Telegram does not answer, and says so', async () => {
    bot.telegram.fault('getMe', 'break');
    bot.telegram.fault('setWebhook', { code: 502, description: 'Bad Gateway' });
    await bot.channel.start();
    expect(bot.channel.status()).toMatchObject({ state: 'trouble' });
    expect(bot.channel.status().problem).toMatch(/TELEGRAM_API_ROOT/);
    await bot.patience.pass(SECOND_MS);
    await bot.patience.pass(2 * SECOND_MS);
    await waitFor(() => expect(bot.channel.status()).toEqual({ state: 'on' }));
    expect(bot.telegram.webhook()).toMatchObject({ secret: SECRET });
    await waitFor(() => expect(bot.telegram.menus.size).toBe(3));
  });

  test('is not kept from its work by a menu that cannot be set', async () => {
    bot.telegram.fault('setMyCommands', { code: 429, description: 'Too Many Requests' });
    await bot.channel.start();
    expect(bot.channel.status()).toEqual({ state: 'on' });
    expect(bot.desk.errors).toHaveLength(1);
  });

  test('sees when another program takes the updates, and when they do not arrive', async () => {
    await bot.channel.start();
    const look = () => bot.patience.pass(5 * MINUTE_MS);
    await fetch(`${bot.telegram.url}/bot${TOKEN}/deleteWebhook`, { method: 'POST' });
    await look();
    await waitFor(() => expect(bot.channel.status().problem).toMatch(/same token/));
    expect(bot.telegram.webhook()).toMatchObject({ secret: SECRET });
    await look();
    await waitFor(() => expect(bot.channel.status()).toEqual({ state: 'on' }));
    const last_error_date = Math.floor(bot.clock.time / SECOND_MS);
    bot.telegram.trouble({ last_error_date, last_error_message: 'Connection refused' });
    await look();
    await waitFor(() =>
      expect(bot.channel.status().problem).toMatch(/PUBLIC_URL: Connection refused/),
    );
  });

  test('says that a secret is none', async () => {
    const other = await openBot({ settings: { webhookSecret: 'not a secret!' } });
    await expect(other.channel.start()).rejects.toThrow(/TELEGRAM_WEBHOOK_SECRET/);
    await other.close();
  });

  test('sets the menu in each language', async () => {
    await bot.channel.start();
    const scope = '{"type":"all_private_chats"}';
    expect([...bot.telegram.menus]).toEqual([
      [`${scope} `, [{ command: 'tareas', description: 'tareas abiertas' }]],
      [`${scope} en`, [{ command: 'tasks', description: 'open tasks' }]],
      [`${scope} es`, [{ command: 'tareas', description: 'tareas abiertas' }]],
    ]);
  });
});

describe('the first word', () => {
  beforeEach(() => bot.channel.start());

  test('of a stranger who starts is a greeting in the language of the app', async () => {
    await bot.push(says(ana, '/start'), says(user(9, { language_code: 'en-GB' }), '/start'));
    expect(bot.texts()).toEqual(['HOLA', 'HI']);
  });

  test.each(['__proto__', 'constructor', 'tlh', ''])(
    'of an app in a language that nobody here speaks (%j) is a greeting in the first one',
    async (language_code) => {
      await bot.push(says(user(9, { language_code }), '/start'));
      expect(bot.texts()).toEqual(['HOLA']);
    },
  );

  test('of somebody who takes part opts in again', async () => {
    bot.desk.talkers.set(String(ANA_ID), { ...TALKER, isStopped: true });
    await bot.push(says(ana, '/start'));
    expect(bot.texts()).toEqual(['INICIAR']);
  });

  test('behind the link of a sign is the code that is shown where the task is', async () => {
    await bot.push(says(ana, '/start here-4821'), says(ben, '/start here-48210'));
    expect(bot.texts()).toEqual(['AQUÍ 4821', 'HOLA']);
    bot.desk.talkers.set(String(ANA_ID), { ...TALKER, isStopped: true });
    await bot.push(says(ana, '/start here-0007'));
    expect(bot.texts().slice(2)).toEqual(['INICIAR', 'AQUÍ 0007']);
  });

  test('behind a link is what the link says, for whoever stopped after opting in again', async () => {
    await bot.deliver('Limpieza', {
      to: null,
      kind: 'announcement',
      with: { choices: [{ label: 'Unirme', send: 'UNIRME 1' }] },
    });
    const url = bot.telegram.shown(CHANNEL_ID)[0]?.buttons[0]?.url ?? '';
    expect(url).toMatch(/^https:\/\/t\.me\/CityTestBot\?start=/);
    const start = `/start ${new URL(url).searchParams.get('start')}`;
    await bot.push(says(ana, start), says(ben, '/start nothing-of-ours'));
    expect(bot.texts()).toEqual(['UNIRME 1', 'HOLA']);
    bot.desk.talkers.set(String(ANA_ID), { ...TALKER, isStopped: true });
    await bot.push(says(ana, start));
    expect(bot.texts().slice(2)).toEqual(['INICIAR', 'UNIRME 1']);
  });
});

describe('an album', () => {
  beforeEach(() => bot.channel.start());
  const part = (id: string, more: object = {}) =>
    sends(ana, photo(id, { media_group_id: '77', ...more }));

  test('is one message, whatever the order and the pauses of its parts, and whatever is repeated', async () => {
    const parts = [part('a', { caption: 'LISTO 1' }), part('b'), part('c'), part('d')] as const;
    await bot.push(parts[2], parts[0]);
    bot.clock.time += 3 * SECOND_MS;
    await bot.push(parts[0], parts[3], parts[1]);
    expect(bot.texts()).toEqual([]);
    await bot.patience.pass(4 * SECOND_MS);
    await waitFor(() => expect(bot.texts()).toEqual(['LISTO 1']));
    expect(bot.desk.messages()[0]?.pictures).toEqual(
      ['a', 'b', 'c', 'd'].map((source) => ({ source })),
    );
    await bot.push(...parts);
    expect(bot.texts()).toEqual(['LISTO 1']);
  });

  test('is taken before what the person says next', async () => {
    await bot.push(part('a'), part('b'), says(ana, 'LISTO 1'));
    expect(bot.desk.messages().map(({ text, pictures }) => [text, pictures.length])).toEqual([
      ['', 2],
      ['LISTO 1', 0],
    ]);
  });

  test('outlives a restart', async () => {
    await bot.push(part('a'), part('b'));
    await bot.channel.stop();
    expect(bot.texts()).toEqual([]);
    const again = await openBot({ on: bot });
    await again.channel.start();
    await again.patience.pass(4 * SECOND_MS);
    await waitFor(() => expect(again.desk.messages()[0]?.pictures).toHaveLength(2));
    await again.channel.stop();
  });

  test('that comes in late goes with the words of the others', async () => {
    await bot.push(part('a', { caption: 'LISTO 1' }));
    await bot.patience.pass(4 * SECOND_MS);
    await waitFor(() => expect(bot.texts()).toHaveLength(1));
    const late = part('b');
    await bot.push(late, late);
    expect(bot.texts()).toEqual(['LISTO 1', 'LISTO 1']);
    expect(bot.desk.messages()[1]?.pictures).toEqual([{ source: 'b' }]);
  });

  test('is acknowledged only once it is held', async () => {
    bot.desk.breakFor(1);
    const one = part('a');
    expect(await bot.push(one, one)).toEqual([500, 200]);
    await bot.patience.pass(4 * SECOND_MS);
    await waitFor(() => expect(bot.desk.messages()).toHaveLength(1));
  });

  test('that could not be stored is tried again', async () => {
    await bot.push(part('a'));
    bot.desk.breakFor(1);
    await bot.patience.pass(4 * SECOND_MS);
    await waitFor(() => expect(bot.desk.errors).toHaveLength(1));
    expect(bot.texts()).toEqual([]);
    await bot.patience.pass(4 * SECOND_MS);
    await waitFor(() => expect(bot.texts()).toHaveLength(1));
  });

  test('in a group is for the bot when its first part is', async () => {
    const inGroup = (id: string, album: string, more: object = {}) =>
      saysInGroup(ana, '', { text: undefined, ...photo(id, { media_group_id: album, ...more }) });
    await bot.push(
      inGroup('x', '78'),
      inGroup('a', '79', { caption: '@CityTestBot listo 1' }),
      inGroup('b', '79'),
    );
    await bot.patience.pass(4 * SECOND_MS);
    await waitFor(() => expect(bot.texts()).toEqual(['listo 1']));
    expect(bot.desk.messages()[0]?.pictures).toEqual([{ source: 'a' }, { source: 'b' }]);
  });

  test('leaves nothing in the clear that names a person or a message', async () => {
    await bot.push(part('a'), part('b'), says(ana, 'x'));
    expect(JSON.stringify(bot.desk.clear())).not.toContain(String(ANA_ID));
  });
});

describe('a button', () => {
  beforeEach(() => bot.channel.start());
  const offered = async (send = 'UNIRME 1') => {
    await bot.deliver('¿Y ahora?', { with: { choices: [{ label: 'Unirme', send }] } });
    const shown = bot.telegram.shown(ANA_ID).at(-1);
    return { id: shown?.id ?? 0, data: shown?.buttons[0]?.data ?? '' };
  };
  const answers = () =>
    waitFor(() => {
      expect(bot.telegram.pressed.size).toBe(0);
      return bot.calls('answerCallbackQuery').map(({ fields }) => fields['text']);
    });

  test('says what it stands for, once for a flood of presses and for every repeat', async () => {
    const { id, data } = await offered();
    const first = presses(ana, data, { id });
    await bot.push(first, first);
    const flood = Array.from({ length: 40 }, () => presses(ana, data, { id }));
    await Promise.all(flood.map((press) => bot.push(press)));
    expect(bot.texts()).toEqual(['UNIRME 1']);
    expect(new Set(await answers())).toEqual(new Set([undefined, TELEGRAM_WORDS.buttonTaken]));
    bot.clock.time += 3 * SECOND_MS;
    await bot.push(presses(ana, data, { id }));
    expect(bot.texts()).toEqual(['UNIRME 1', 'UNIRME 1']);
  });

  test('of somebody else, an old one and an invented one say nothing and are answered kindly', async () => {
    const { id, data } = await offered();
    await bot.push(presses(ben, data, { id }), presses(ana, 'invented', { id }));
    bot.clock.time += 8 * DAY_MS;
    await bot.push(presses(ana, data, { id }));
    expect(bot.texts()).toEqual([]);
    expect(await answers()).toEqual([
      TELEGRAM_WORDS.buttonOfOther,
      TELEGRAM_WORDS.buttonTooOld,
      TELEGRAM_WORDS.buttonTooOld,
    ]);
  });

  test('whose press could not be stored may be pressed again', async () => {
    const { id, data } = await offered();
    bot.desk.breakFor(1);
    const press = presses(ana, data, { id });
    expect(await bot.push(press, press)).toEqual([500, 200]);
    expect(bot.texts()).toEqual(['UNIRME 1']);
  });
});

describe('a group', () => {
  beforeEach(() => bot.channel.start());

  test('comments on a post are about its task, even if the copy came before its announcement', async () => {
    const copy = copiedPost(41, 'Limpieza');
    await bot.push(copies(copy));
    bot.desk.announced.set(`${CHANNEL_ID}/41`, 12);
    await bot.push(saysInGroup(ana, 'me apunto', { reply_to_message: copy }));
    const [message] = bot.desk.messages();
    expect(message).toMatchObject({ text: 'me apunto', isPublic: true });
    expect(bot.desk.announced.get(message?.replyTo ?? '')).toBe(12);
  });

  test('gets its answer where it asked, in reply', async () => {
    await bot.push(saysInGroup(ana, '/tareas', { message_id: 31 }));
    const [message] = bot.desk.messages();
    await bot.deliver('Hay una.', { place: message?.place ?? null });
    const group = Number(message?.externalId.split('/')[0]);
    expect(bot.telegram.shown(group)).toMatchObject([{ text: 'Hay una.', replyTo: 31 }]);
  });
});

describe('an announcement in the channel itself', () => {
  const member = (from: ReturnType<typeof user>, more: object = {}) =>
    ({ status: 'administrator', user: from, can_post_messages: true, ...more }) as never;
  const organizer = { ...TALKER, organizer: true };
  beforeEach(() => bot.channel.start());

  test('is the word of the only organizer among the administrators', async () => {
    bot.desk.talkers.set(String(ANA_ID), organizer);
    bot.telegram.administratedBy([member(ana), member(ben)]);
    await bot.push(posts('/tarea Limpieza; 5'));
    expect(bot.desk.messages()).toMatchObject([
      { sender: String(ANA_ID), text: 'ANUNCIAR Limpieza; 5', isPublic: false },
    ]);
  });

  test('is among several the word of the one whose name signs it', async () => {
    bot.desk.talkers.set(String(ANA_ID), organizer);
    bot.desk.talkers.set(String(ben.id), organizer);
    bot.telegram.administratedBy([member(ana), member(ben)]);
    await bot.push(posts('/task Cleanup', { author_signature: 'Ben López' }));
    expect(bot.desk.messages()).toMatchObject([
      { sender: String(ben.id), text: 'ANNOUNCE Cleanup' },
    ]);
  });

  test.each([
    ['nobody signs', {}],
    ['a stranger signs', { author_signature: 'Eva' }],
  ])('is nobody’s where %s, and the organizers hear how to do it', async (_, more) => {
    bot.telegram.addChat(ben.id);
    bot.desk.talkers.set(String(ANA_ID), organizer);
    bot.desk.talkers.set(String(ben.id), organizer);
    bot.telegram.administratedBy([member(ana), member(ben), member(user(5, { is_bot: true }))]);
    await bot.push(posts('/task Cleanup', more));
    expect(bot.texts()).toEqual([]);
    await waitFor(() => {
      expect(bot.telegram.shown(ANA_ID)).toMatchObject([{ text: TELEGRAM_WORDS.postUnclear }]);
      expect(bot.telegram.shown(ben.id)).toHaveLength(1);
    });
  });

  test('is nobody’s while Telegram does not tell who administrates, and holds up nothing', async () => {
    bot.telegram.fault('getChatAdministrators', {
      code: 400,
      description: 'Bad Request: member list is inaccessible',
    });
    bot.telegram.fault('getChatAdministrators', 'break');
    const update = posts('/task Cleanup');
    expect(await bot.push(update, update)).toEqual([200, 500]);
  });

  test('is nobody’s where an administrator who is no organizer has the same name', async () => {
    bot.desk.talkers.set(String(ANA_ID), organizer);
    bot.telegram.administratedBy([member(ana), member(user(6))]);
    await bot.push(posts('/task Cleanup', { author_signature: 'Ana López' }));
    expect(bot.texts()).toEqual([]);
  });
});

test('a bot that may no longer post in the channel says so', async () => {
  await bot.channel.start();
  await bot.push(standing('left', false));
  expect(bot.channel.status()).toMatchObject({ state: 'trouble' });
  await bot.push(standing('administrator', true));
  expect(bot.channel.status()).toEqual({ state: 'on' });
});

test('whoever waits longer than a moment sees that the bot is at work, until it answers', async () => {
  await bot.channel.start();
  await bot.push(sends(ana, photo('creek')));
  await bot.patience.pass(1.5 * SECOND_MS);
  await waitFor(() => expect(bot.calls('sendChatAction')).toHaveLength(1));
  await waitFor(() => expect(bot.patience.waits()).toContain(4.5 * SECOND_MS));
  await bot.deliver('Gracias.');
  expect(bot.patience.waits()).not.toContain(4.5 * SECOND_MS);
});
