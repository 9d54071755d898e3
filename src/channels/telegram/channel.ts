/** Telegram as a channel: grammY's API with our own intake, so that nothing is lost in between. */
import { Api } from 'grammy';
import type { Update } from 'grammy/types';
import { Background } from '../../lib/background.ts';
import type { Clock } from '../../lib/clock.ts';
import { systemWait, type Wait } from '../../lib/wait.ts';
import {
  type Capabilities,
  ChannelError,
  type Inbox,
  type Ingress,
  type TwoWayChannel,
} from '../channel.ts';
import { createProblems } from '../problems.ts';
import { createAlbums } from './albums.ts';
import { createButtons } from './buttons.ts';
import { createConnection } from './connection.ts';
import { safeError } from './errors.ts';
import { createChatNames } from './ids.ts';
import { createTake } from './ingress.ts';
import { createMenus, type Menus } from './menu.ts';
import { storeSaid } from './messages.ts';
import { createPace } from './pace.ts';
import type { Posted } from './parse.ts';
import { createPictureFetch } from './pictures.ts';
import { poll } from './polling.ts';
import { authorOf } from './posted.ts';
import type { PressAnswer } from './presses.ts';
import { createSender } from './send.ts';
import { type TelegramSettings, type TelegramTexts, wordsIn } from './settings.ts';
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

export type TelegramOptions = Capabilities & {
  readonly settings: TelegramSettings;
  readonly clock: Clock;
  readonly texts: TelegramTexts;
  readonly wait?: Wait;
};

export function createTelegramChannel(options: TelegramOptions): TwoWayChannel {
  const parts = createParts(options);
  const { api, talkerOf, settings, problems, connection, typing } = parts;
  const { channel } = settings;
  const menus = createMenus(parts);
  const send = createSender({
    ...parts,
    channel,
    username: async () => (await connection.me()).username,
    openLabel: (to) => wordsIn(parts.texts, talkerOf(to)?.language ?? parts.texts.first).openChat,
  });
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
      if (outcome.ok && delivery.to === null) problems.set('channel', undefined);
      if (!outcome.ok && outcome.error.kind === 'misconfigured' && delivery.to === null) {
        problems.set('channel', MAY_NOT_POST);
      }
      return outcome;
    },
    fetchPicture: createPictureFetch(api, settings),
    status: problems.status,
    createIngress: (inbox) => createIngress(parts, menus, inbox),
  };
}

type Parts = ReturnType<typeof createParts>;

/** Everything that both taking in and sending need. */
function createParts({ clock, wait = systemWait, ...options }: TelegramOptions) {
  const { memory, talkerOf } = options;
  const settings = { ...options.settings, apiRoot: options.settings.apiRoot.replace(/\/+$/, '') };
  const { webhookSecret: secret, publicUrl } = settings;
  const webhook =
    secret === undefined || publicUrl === undefined
      ? undefined
      : { url: new URL(TELEGRAM_WEBHOOK_PATH, publicUrl).href, secret };
  const api = new Api(settings.token, {
    apiRoot: settings.apiRoot,
    timeoutSeconds: REQUEST_SECONDS_MAX,
  });
  const { now } = clock;
  const pace = createPace(now);
  const problems = createProblems<'intake' | 'channel'>();
  const problem = (sentence: string | undefined) => problems.set('intake', sentence);
  return {
    ...options,
    ...{ settings, now, wait, webhook, api, pace, problems, problem },
    failed: (error: unknown) => options.failed(safeError(error)),
    connection: createConnection({ api, wait, now, webhook, problem }),
    nameOf: createChatNames(memory.derive),
    buttons: createButtons(memory, now),
    typing: createTyping(wait, async (to) => {
      // After STOP nobody sees the bot type either.
      if (pace.paused() > 0 || talkerOf(to)?.isStopped === true) return;
      await api.sendChatAction(Number(to), 'typing');
    }),
  };
}

function createIngress(parts: Parts, menus: Menus, inbox: Inbox): Ingress {
  const { settings, webhook, connection, typing, failed } = parts;
  const ending = new AbortController();
  let polling: Promise<void> | undefined;
  const messages = { ...parts, inbox, answerDue: typing.begin };
  const albums = createAlbums({ ...messages, take: (album) => storeSaid(messages, album) });
  const answers = new Background();
  const takeUpdate = createTake({ ...messages, ...createAnswers(parts, answers), albums });
  const take = async (update: Update): Promise<void> => {
    const { id, username } = await connection.me();
    const { announceWords } = parts.texts;
    const { channel } = settings;
    await takeUpdate(update, { id, username, channel, nameOf: parts.nameOf, announceWords });
  };
  return {
    start: async () => {
      if (settings.webhookSecret !== undefined && !SECRET.test(settings.webhookSecret)) {
        throw new ChannelError(
          'TELEGRAM_WEBHOOK_SECRET must be 1 to 256 letters, digits, underscores or hyphens.',
        );
      }
      albums.start();
      await connection.start(async () => {
        // A menu that cannot be set keeps nobody from writing.
        await menus.setAll().catch(failed);
        if (webhook === undefined) polling ??= poll({ ...parts, take }, ending.signal);
      });
    },
    stop: async () => {
      await connection.stop();
      ending.abort();
      await polling;
      await albums.stop();
      await typing.stop();
      await menus.stop();
      await answers.ended();
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

/** Answers and questions to Telegram while an update is taken in. */
function createAnswers({ api, talkerOf, problems, failed }: Parts, answers: Background) {
  return {
    answerPress: (queryId: string, said?: PressAnswer) =>
      answers.add(
        api.answerCallbackQuery(
          queryId,
          said === undefined ? {} : { text: said.text, show_alert: said.mustRead },
        ),
        // It is too old after some seconds, and then nobody waits for it.
        () => undefined,
      ),
    authorOf: (post: Posted) => authorOf(api, talkerOf, post),
    tell: (to: string, text: string) => answers.add(api.sendMessage(Number(to), text), failed),
    mayPost: (mayPost: boolean) => problems.set('channel', mayPost ? undefined : MAY_NOT_POST),
  };
}
