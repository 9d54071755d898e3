/** Telegram as a channel: grammY's API, our own intake, so that nothing is lost in between. */
import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Clock } from '../../lib/clock.ts';
import { systemWait, type Wait } from '../../lib/wait.ts';
import { type ChannelDesk, ChannelError, type RunningChannel } from '../channel.ts';
import { createAlbums } from './albums.ts';
import { createButtons } from './buttons.ts';
import { createConnection } from './connection.ts';
import { safeError } from './errors.ts';
import { createChatNames } from './ids.ts';
import { createIngress } from './ingress.ts';
import { createMenus } from './menu.ts';
import { createPace } from './pace.ts';
import { createPictureFetch } from './pictures.ts';
import { createPolling } from './polling.ts';
import { authorOf } from './posted.ts';
import { createPresses } from './presses.ts';
import { createSender } from './send.ts';
import type { TelegramSettings, TelegramTexts } from './settings.ts';
import { createTyping } from './typing.ts';
import { createWebhook } from './webhook.ts';

export const TELEGRAM_WEBHOOK_PATH = '/webhooks/telegram';
/** Telegram's own limits, for all chats together and for one. */
const MESSAGES_PER_SECOND = 30;
const BETWEEN_MS = 1000;
/** Longer than Telegram holds a request for updates. */
const REQUEST_SECONDS_MAX = 40;
const SECRET = /^[A-Za-z0-9_-]{1,256}$/;
const MAY_NOT_POST = 'The bot may not post in TELEGRAM_CHANNEL: make it an administrator there.';

export function createTelegramChannel(options: {
  readonly settings: TelegramSettings;
  readonly desk: ChannelDesk;
  readonly clock: Clock;
  readonly texts: TelegramTexts;
  readonly wait?: Wait;
}): RunningChannel {
  const { desk, clock, texts, wait = systemWait } = options;
  const settings = { ...options.settings, apiRoot: options.settings.apiRoot.replace(/\/+$/, '') };
  const { channel, webhookSecret, publicUrl } = settings;
  const webhook =
    webhookSecret === undefined || publicUrl === undefined
      ? undefined
      : { url: new URL(TELEGRAM_WEBHOOK_PATH, publicUrl).href, secret: webhookSecret };
  const api = new Api(settings.token, {
    apiRoot: settings.apiRoot,
    timeoutSeconds: REQUEST_SECONDS_MAX,
  });
  const problems = new Map<'intake' | 'channel', string>();
  const problem = (about: 'intake' | 'channel', sentence: string | undefined): void => {
    if (sentence === undefined) problems.delete(about);
    else problems.set(about, sentence);
  };
  const intakeProblem = (sentence: string | undefined) => problem('intake', sentence);
  const failed = (error: unknown) => desk.failed(safeError(error));
  /** What nobody waits for, so that the end of the program can. */
  const beside = new Set<Promise<unknown>>();
  const inPassing = (work: Promise<unknown>, ifNot: (error: unknown) => void): void => {
    const done = work.catch(ifNot).finally(() => beside.delete(done));
    beside.add(done);
  };

  const connection = createConnection({
    api,
    wait,
    now: clock.now,
    webhook,
    problem: intakeProblem,
  });
  const pace = createPace(clock.now);
  const nameOf = createChatNames((seed) => desk.derive(seed));
  const buttons = createButtons(desk, clock.now);
  const menus = createMenus({ api, desk, texts, now: clock.now });
  const typing = createTyping(wait, async (to) => {
    // Whoever said STOP hears nothing, and does not see anybody type either.
    if (pace.paused() > 0 || desk.talkerOf(to)?.isStopped === true) return;
    await api.sendChatAction(Number(to), 'typing');
  });
  const ingress = createIngress({
    desk,
    buttons,
    texts,
    now: clock.now,
    presses: createPresses(clock.now),
    albums: () => albums,
    answerPress: (queryId, said) =>
      inPassing(
        api.answerCallbackQuery(
          queryId,
          said === undefined ? {} : { text: said.text, show_alert: said.mustRead },
        ),
        // It is too old after some seconds, and then nobody waits for it.
        () => undefined,
      ),
    answerDue: typing.begin,
    authorOf: (post) => authorOf(api, desk, post),
    tell: (to, text) => inPassing(api.sendMessage(Number(to), text), failed),
    mayPost: (mayPost) => problem('channel', mayPost ? undefined : MAY_NOT_POST),
    failed,
  });
  const albums = createAlbums({ desk, take: ingress.store, now: clock.now, wait });
  const send = createSender({
    api,
    desk,
    buttons,
    pace,
    channel,
    nameOf,
    username: async () => (await connection.me()).username,
    openLabel: (to) => texts.words[desk.talkerOf(to)?.language ?? texts.first].openChat,
  });
  const take = async (update: Update): Promise<void> => {
    const { id, username } = await connection.me();
    await ingress.take(update, { id, username, channel, nameOf });
  };
  const polling = createPolling({ api, take, wait, problem: intakeProblem, failed });

  return {
    name: 'telegram',
    hasPublicPlace: channel !== undefined,
    canUpdate: true,
    messagesPerSecond: MESSAGES_PER_SECOND,
    betweenMs: BETWEEN_MS,
    send: async (delivery) => {
      const outcome = await send(delivery);
      if (outcome.ok && delivery.to !== null && delivery.place === null) {
        typing.end(delivery.to);
        menus.follow(delivery.to);
      }
      if (outcome.ok && delivery.to === null) problem('channel', undefined);
      if (!outcome.ok && outcome.error.kind === 'misconfigured' && delivery.to === null) {
        problem('channel', MAY_NOT_POST);
      }
      return outcome;
    },
    fetchPicture: createPictureFetch(api, settings),
    start: async () => {
      if (webhookSecret !== undefined && !SECRET.test(webhookSecret)) {
        throw new ChannelError(
          'TELEGRAM_WEBHOOK_SECRET must be 1 to 256 letters, digits, underscores or hyphens.',
        );
      }
      albums.start();
      await connection.start(async () => {
        // A menu that cannot be set keeps nobody from writing.
        await menus.setAll().catch(failed);
        if (webhook === undefined) polling.start();
      });
    },
    stop: async () => {
      await connection.stop();
      await polling.stop();
      await albums.stop();
      await typing.stop();
      await menus.stop();
      await Promise.all(beside);
    },
    status: () => {
      const [sentence] = problems.values();
      return sentence === undefined ? { state: 'on' } : { state: 'trouble', problem: sentence };
    },
    ...(webhook === undefined
      ? {}
      : {
          webhooks: {
            [TELEGRAM_WEBHOOK_PATH]: createWebhook({ secret: webhook.secret, take, failed }),
          },
        }),
  };
}
