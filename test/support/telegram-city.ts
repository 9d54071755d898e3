// A city whose people are on Telegram: the real core with its database, spool, desk and jobs, and
// the real channel between it and a Bot API server. A phone by SMS can be beside it.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Update, User } from 'grammy/types';
import sharp from 'sharp';
import { commands } from '../../commands/index.ts';
import { createTelegramChannel } from '../../src/channels/telegram/channel.ts';
import { TELEGRAM_WEBHOOK_PATH } from '../../src/channels/telegram/webhook.ts';
import { capabilitiesOf } from '../../src/city/capabilities.ts';
import { telegramTexts } from '../../src/city/telegram-texts.ts';
import type { City } from '../../src/domain/city.ts';
import { refreshAnnouncementsJob } from '../../src/jobs/refresh-announcements.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { BERKELEY, TUESDAY } from './city.ts';
import { standingClock } from './clock.ts';
import { createPatience } from './telegram-bot.ts';
import { type Shown, startTelegram, TOKEN } from './telegram-server.ts';
import { CHANNEL_ID, GROUP_ID, presses, says } from './telegram-updates.ts';
import { rememberingChannel, testCity } from './test-city.ts';

const SECRET = 'webhook-secret_1';

const MEXICO_CITY: City = {
  ...BERKELEY,
  name: 'Ciudad de México',
  timeZone: 'America/Mexico_City',
  languages: ['es', 'en'],
  operator: 'Piloto City/Sync Ciudad de México',
  areas: [{ name: 'Roma' }],
};

export async function openTelegramCity() {
  const telegram = await startTelegram();
  telegram.addChat(GROUP_ID, { type: 'supergroup' });
  telegram.addChat(CHANNEL_ID, { type: 'channel', username: 'citysync_test' });
  const clock = standingClock(TUESDAY);
  const patience = createPatience();
  const sms = rememberingChannel();
  const city = testCity({
    ...{ clock, city: MEXICO_CITY, random: systemRandom },
    channels: (base) => {
      const channel = createTelegramChannel({
        ...capabilitiesOf(base, 'telegram'),
        settings: {
          token: TOKEN,
          apiRoot: telegram.url,
          channel: '@citysync_test',
          publicUrl: 'https://city.example',
          webhookSecret: SECRET,
        },
        clock,
        texts: telegramTexts(MEXICO_CITY, commands),
        wait: patience.wait,
      });
      // Its pace is Telegram's; a test need not wait for it.
      const { betweenMs: _, ...unhurried } = channel;
      return [{ ...unhurried, messagesPerSecond: null }, sms.channel];
    },
    jobs: (mailer) => [refreshAnnouncementsJob(mailer)],
  });
  const { core, folder, idle: settle } = city;
  await city.start();

  /** Posts a body as Telegram does; the status of the answer. */
  const post = async (body: string): Promise<number> => {
    const request = new Request('https://city.example/webhooks/telegram', {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body,
    });
    return (await city.post(TELEGRAM_WEBHOOK_PATH, request)).status;
  };
  const deliver = async (update: Update): Promise<void> => {
    if (update.callback_query !== undefined) telegram.pressed.add(update.callback_query.id);
    const status = await post(JSON.stringify(update));
    if (status !== 200) throw new Error(`The webhook answered ${status}.`);
  };
  /** Sends an update and gives what this person then sees. */
  const send = async (from: User, update: Update): Promise<readonly Shown[]> => {
    const before = telegram.shown(from.id).length;
    await deliver(update);
    await settle();
    return telegram.shown(from.id).slice(before);
  };
  const ask = async (from: User, text: string): Promise<string> =>
    textOf(await send(from, says(from, text)));

  return {
    ...{ telegram, clock, core, folder, settle, post, deliver, send, ask, patience },
    store: city.store,
    firstInvite: city.firstInvite,
    /** Starts a person's chat with the bot, as pressing Start does. */
    meet: (from: User) => telegram.addChat(from.id),
    /** What arrived in a chat, oldest first. */
    shown: (chat: number): readonly Shown[] => telegram.shown(chat),
    /** Presses the button of that name under the person's last messages. */
    press: async (from: User, label: RegExp): Promise<string> => {
      const under = telegram
        .shown(from.id)
        .findLast(({ buttons }) => buttons.some(({ text }) => label.test(text)));
      const data = under?.buttons.find(({ text }) => label.test(text))?.data;
      if (under === undefined || data === undefined)
        throw new Error(`There is no button ${label}.`);
      return textOf(await send(from, presses(from, data, { id: under.id })));
    },
    /** Follows a link under a post of the channel into the private chat. */
    follow: (from: User, label: RegExp): Promise<string> => {
      const url = telegram
        .shown(CHANNEL_ID)
        .at(-1)
        ?.buttons.find(({ text }) => label.test(text))?.url;
      return ask(from, `/start ${new URL(url ?? '').searchParams.get('start')}`);
    },
    askBySms: async (from: string, text: string): Promise<string> => {
      const before = sms.sentTo(from).length;
      await city.receive({ sender: from, text });
      await settle();
      return sms.sentTo(from).slice(before).join('\n');
    },
    /** Lets the jobs do what is due, such as bringing posts up to date. */
    runJobs: async (): Promise<void> => {
      await core.start();
      await settle();
      await settle();
    },
    /** What is on the disk, as it is. */
    database: (): string =>
      ['city.db', 'city.db-wal']
        .map((name) => join(folder, name))
        .filter((path) => existsSync(path))
        .map((path) => readFileSync(path, 'latin1'))
        .join(''),
    close: async (): Promise<void> => {
      await city.stop();
      await telegram.close();
    },
  };
}

export type TelegramCity = Awaited<ReturnType<typeof openTelegramCity>>;

const textOf = (messages: readonly Shown[]): string => messages.map(({ text }) => text).join('\n');

/** A photo as it comes from a phone. */
export const photoFor = (red: number): Promise<Uint8Array> =>
  sharp({ create: { width: 640, height: 480, channels: 3, background: { r: red, g: 90, b: 60 } } })
    .jpeg()
    .toBuffer();
