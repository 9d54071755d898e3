// Telegram for the contract test: the real channel over HTTP to a Bot API server, and its webhook.
import { createTelegramChannel } from '../../../src/channels/telegram/channel.ts';
import { TELEGRAM_WEBHOOK_PATH } from '../../../src/channels/telegram/webhook.ts';
import {
  type ChannelContract,
  type InboundCase,
  type OpenChannel,
  withPictures,
} from '../../support/channel-contract.ts';
import { TEST_NOW } from '../../support/city.ts';
import { clockOf } from '../../support/clock.ts';
import {
  memoryChannelDesk,
  nameOf,
  TELEGRAM_TEXTS,
  withIngress,
} from '../../support/telegram-desk.ts';
import { type Shown, startTelegram, TOKEN } from '../../support/telegram-server.ts';
import {
  ANA_ID,
  CHANNEL_ID,
  photo,
  says,
  saysInGroup,
  sends,
  user,
} from '../../support/telegram-updates.ts';

const SECRET = 'webhook-secret_1';

async function open(): Promise<OpenChannel> {
  const telegram = await startTelegram();
  telegram.addChat(ANA_ID);
  telegram.addChat(CHANNEL_ID, { type: 'channel', username: 'citysync_test' });
  // Sixty messages to a channel take three minutes: the clock goes on by itself.
  let time = TEST_NOW;
  const now = () => {
    time += 10_000;
    return time;
  };
  const { capabilities, inbox, messages } = memoryChannelDesk(now);
  const twoWay = createTelegramChannel({
    ...capabilities,
    settings: {
      token: TOKEN,
      apiRoot: telegram.url,
      publicUrl: 'https://city.example',
      webhookSecret: SECRET,
      channel: '@citysync_test',
    },
    clock: clockOf(now),
    texts: TELEGRAM_TEXTS,
    // Nobody types while a contract is checked.
    wait: (_, signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve())),
  });
  const channel = withIngress(twoWay, inbox);
  await channel.start();
  const send = channel.webhooks?.[TELEGRAM_WEBHOOK_PATH];
  if (send === undefined) throw new Error('There is no webhook.');
  for (const { raw } of telegramContract.inbound) {
    if (raw.includes('"photo"')) telegram.addFile('creek', PICTURE);
  }
  return {
    channel,
    receive: async (raw) => {
      const before = messages().length;
      const request = new Request('https://city.example/webhooks/telegram', {
        method: 'POST',
        headers: { 'x-telegram-bot-api-secret-token': SECRET },
        body: raw,
      });
      const answer = await send(request);
      const message = messages()[before] ?? repeated(messages(), raw);
      if (answer.status !== 200 || message === undefined) return undefined;
      return withPictures(channel, message);
    },
    arrived: (to) => telegram.shown(to === null ? CHANNEL_ID : Number(to)).map(asArrived(to)),
    close: async () => {
      await channel.stop();
      await telegram.close();
    },
  };
}

/** What was stored for an update that came again. */
const repeated = (
  messages: ReturnType<ReturnType<typeof memoryChannelDesk>['messages']>,
  raw: string,
) => {
  const { message } = JSON.parse(raw.startsWith('{') ? raw : '{}') as {
    message?: { chat: { id: number }; message_id: number };
  };
  return messages.find(
    // The words of a private message are in its id as well.
    ({ externalId }) =>
      `${externalId}/`.startsWith(`${nameOf(message?.chat.id ?? 0)}/${message?.message_id}/`),
  );
};

const DATA = /^s[0-9a-z]+\.[A-Za-z0-9_-]{12}(.+)$/s;

const asArrived = (to: string | null) => (shown: Shown) => ({
  id: `${nameOf(to === null ? CHANNEL_ID : Number(to))}/${shown.id}`,
  text: shown.text,
  choices: shown.buttons.map(({ text, data = '' }) => ({
    label: text,
    send: DATA.exec(data)?.[1] ?? '',
  })),
  pictures: shown.photos.map((bytes) => new TextDecoder().decode(bytes)),
});

const PICTURE = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const ana = user(ANA_ID);
const means = { sender: String(ANA_ID), text: '', replyTo: null, isPublic: false, pictures: [] };

const inbound: readonly InboundCase[] = [
  { title: 'words', raw: JSON.stringify(says(ana, 'JOIN 1')), means: { ...means, text: 'JOIN 1' } },
  {
    title: 'words of other scripts',
    raw: JSON.stringify(says(ana, '¿Qué hay? 👩🏽‍🚒 مرحبا')),
    means: { ...means, text: '¿Qué hay? 👩🏽‍🚒 مرحبا' },
  },
  {
    title: 'a command with the bot’s name',
    raw: JSON.stringify(says(ana, '/unirme@CityTestBot 12')),
    means: { ...means, text: 'unirme 12' },
  },
  {
    title: 'a picture and a word',
    raw: JSON.stringify(sends(ana, photo('creek', { caption: 'LISTO 1' }))),
    means: { ...means, text: 'LISTO 1', pictures: [PICTURE] },
  },
  {
    title: 'an answer to a message',
    raw: JSON.stringify(
      says(ana, 'yo', {
        reply_to_message: { message_id: 77, date: 1, chat: { id: ANA_ID, type: 'private' } },
      }),
    ),
    means: { ...means, text: 'yo', replyTo: `${nameOf(ANA_ID)}/77` },
  },
  {
    title: 'a mention in a group',
    raw: JSON.stringify(saysInGroup(ana, '@CityTestBot tareas')),
    means: { ...means, text: 'tareas', isPublic: true },
  },
  { title: 'no JSON', raw: 'JOIN 1', means: undefined },
  { title: 'no update', raw: '{"text":"JOIN 1"}', means: undefined },
  {
    title: 'what people in a group say to one another',
    raw: JSON.stringify(saysInGroup(ana, 'JOIN 1')),
    means: undefined,
  },
  {
    title: 'another bot',
    raw: JSON.stringify(says(user(5, { is_bot: true }), 'JOIN 1')),
    means: undefined,
  },
];

export const telegramContract: ChannelContract = {
  title: 'Telegram',
  open,
  inbound,
  hasOwnIds: true,
  address: String(ANA_ID),
  spell: (text) => text,
  fits: (text) => text.length <= 4096,
  letters: { toOne: 4096, toAll: 4096 },
};
