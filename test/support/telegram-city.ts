// A city whose people are on Telegram: the real core with its database, spool, desk and jobs, and
// the real channel between it and a Bot API server. A phone by SMS can be beside it.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Update, User } from 'grammy/types';
import sharp from 'sharp';
import { commands } from '../../commands/index.ts';
import type { Channel } from '../../src/channels/channel.ts';
import { createTelegramChannel } from '../../src/channels/telegram/channel.ts';
import { TELEGRAM_WEBHOOK_PATH } from '../../src/channels/telegram/webhook.ts';
import { createBase } from '../../src/city/base.ts';
import { capabilitiesOf } from '../../src/city/capabilities.ts';
import { createCore } from '../../src/city/core.ts';
import { telegramTexts } from '../../src/city/telegram-texts.ts';
import type { City } from '../../src/domain/city.ts';
import { refreshAnnouncementsJob } from '../../src/jobs/refresh-announcements.ts';
import { createKeys } from '../../src/lib/crypto.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createPictureCheck } from '../../src/media/check-picture.ts';
import { createSpool } from '../../src/media/spool.ts';
import { contextOf } from '../../src/services/context.ts';
import { inviteFirstAdmin } from '../../src/services/partners/invite.ts';
import { openStore } from '../../src/store/open-node.ts';
import { BERKELEY, TUESDAY } from './conversation.ts';
import { DID } from './record-facts.ts';
import { createPatience } from './telegram-bot.ts';
import { type Shown, startTelegram, TOKEN } from './telegram-server.ts';
import { CHANNEL_ID, GROUP_ID, presses, says } from './telegram-updates.ts';

const SECRET = 'webhook-secret_1';

const MEXICO_CITY: City = {
  ...BERKELEY,
  name: 'Ciudad de México',
  timeZone: 'America/Mexico_City',
  languages: ['es', 'en'],
  operator: 'Piloto City/Sync Ciudad de México',
  areas: ['Roma'],
};

export async function openTelegramCity() {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-telegram-'));
  const { store, close: closeStore } = openStore(join(folder, 'city.db'));
  const spool = createSpool(join(folder, 'pictures'));
  const telegram = await startTelegram();
  telegram.addChat(GROUP_ID, { type: 'supergroup' });
  telegram.addChat(CHANNEL_ID, { type: 'channel', username: 'citysync_test' });
  const clock = { time: TUESDAY, now: () => clock.time };
  const patience = createPatience();
  const errors: unknown[] = [];
  const failed = (error: unknown) => errors.push(error);
  const bySms: { readonly to: string; readonly text: string }[] = [];
  const base = createBase({
    ...{ city: MEXICO_CITY, did: DID, clock, random: systemRandom, store, spool },
    keys: createKeys(new Uint8Array(32).fill(7), systemRandom),
    checkPicture: createPictureCheck(spool),
    observer: { observe: () => {}, failed },
  });
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
  const sms: Channel = {
    name: 'sms',
    hasPublicPlace: false,
    messagesPerSecond: null,
    send: async ({ to, reply }) => {
      bySms.push({ to: to ?? '', text: reply.text });
      return { ok: true, providerId: null };
    },
  };
  // Its pace is Telegram's; a test need not wait for it.
  const { betweenMs: _, ...unhurried } = channel;
  const core = createCore({
    base,
    channels: [{ ...unhurried, messagesPerSecond: null }, sms],
    jobs: (mailer) => [refreshAnnouncementsJob(mailer)],
    publisher: { wake: () => {} },
  });

  await core.start();
  const ingress = channel.createIngress(core.inbox);
  await ingress.start();

  const settle = async (): Promise<void> => {
    await store.commit(() => undefined);
    await core.idle();
    if (errors.length > 0) throw errors[0];
  };
  const deliver = async (update: Update): Promise<void> => {
    const receive = ingress.webhooks?.[TELEGRAM_WEBHOOK_PATH];
    if (update.callback_query !== undefined) telegram.pressed.add(update.callback_query.id);
    const request = new Request('https://city.example/webhooks/telegram', {
      method: 'POST',
      headers: { 'x-telegram-bot-api-secret-token': SECRET },
      body: JSON.stringify(update),
    });
    const status = (await receive?.(request))?.status;
    if (status !== 200) throw new Error(`The webhook answered ${status}.`);
  };
  let messages = 0;

  return {
    telegram,
    clock,
    store,
    core,
    settle,
    deliver,
    patience,
    /** Starts a person's chat with the bot, as pressing Start does. */
    meet: (from: User) => telegram.addChat(from.id),
    /** What arrived in a chat since `after`. */
    shown: (chat: number): readonly Shown[] => telegram.shown(chat),
    /** Sends an update and gives what this person then sees. */
    send: async (from: User, update: Update): Promise<readonly Shown[]> => {
      const before = telegram.shown(from.id).length;
      await deliver(update);
      await settle();
      return telegram.shown(from.id).slice(before);
    },
    ask: async (from: User, text: string): Promise<string> => {
      const before = telegram.shown(from.id).length;
      await deliver(says(from, text));
      await settle();
      return textOf(telegram.shown(from.id).slice(before));
    },
    /** Presses the button of that name under the person's last messages. */
    press: async (from: User, label: RegExp): Promise<string> => {
      const before = telegram.shown(from.id).length;
      const under = telegram
        .shown(from.id)
        .findLast(({ buttons }) => buttons.some(({ text }) => label.test(text)));
      const data = under?.buttons.find(({ text }) => label.test(text))?.data;
      if (under === undefined || data === undefined)
        throw new Error(`There is no button ${label}.`);
      await deliver(presses(from, data, { id: under.id }));
      await settle();
      return textOf(telegram.shown(from.id).slice(before));
    },
    /** Follows a link under a post of the channel into the private chat. */
    follow: async (from: User, label: RegExp): Promise<string> => {
      const before = telegram.shown(from.id).length;
      const url = telegram
        .shown(CHANNEL_ID)
        .at(-1)
        ?.buttons.find(({ text }) => label.test(text))?.url;
      await deliver(says(from, `/start ${new URL(url ?? '').searchParams.get('start')}`));
      await settle();
      return textOf(telegram.shown(from.id).slice(before));
    },
    askBySms: async (from: string, text: string): Promise<string> => {
      const before = bySms.length;
      messages += 1;
      await core.inbox.receive({
        channel: 'sms',
        externalId: `SM${messages}`,
        sender: from,
        text,
        pictures: [],
        replyTo: null,
        isPublic: false,
        receivedAt: clock.time,
      });
      await settle();
      return bySms
        .slice(before)
        .filter(({ to }) => to === from)
        .map((one) => one.text)
        .join('\n');
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
    firstInvite: (): string =>
      store.transact((tx) => inviteFirstAdmin(contextOf(core.foundation, tx))) ?? '',
    close: async (): Promise<void> => {
      await ingress.stop();
      await core.stop();
      closeStore();
      await telegram.close();
      rmSync(folder, { recursive: true, force: true });
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
