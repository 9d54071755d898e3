/** Telegram as a channel: grammY's API, our own intake, so that nothing is lost in between. */
import { Api, GrammyError } from 'grammy';
import type { Update, UserFromGetMe } from 'grammy/types';
import type { Clock } from '../../lib/clock.ts';
import { systemWait, type Wait } from '../../lib/wait.ts';
import { type ChannelDesk, ChannelError, type RunningChannel } from '../channel.ts';
import { createAlbums } from './albums.ts';
import { createButtons } from './buttons.ts';
import { safeError } from './errors.ts';
import { createChatNames } from './ids.ts';
import { createIngress } from './ingress.ts';
import { createMenus } from './menu.ts';
import { createPace } from './pace.ts';
import { ALLOWED_UPDATES } from './parse.ts';
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
  const isPushed = webhookSecret !== undefined && publicUrl !== undefined;
  const api = new Api(settings.token, {
    apiRoot: settings.apiRoot,
    timeoutSeconds: REQUEST_SECONDS_MAX,
  });
  let asked: Promise<UserFromGetMe> | undefined;
  const me = (): Promise<UserFromGetMe> => {
    asked ??= api.getMe().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };
  const problems = new Map<'intake' | 'channel', string>();
  const problem = (about: 'intake' | 'channel', sentence: string | undefined): void => {
    if (sentence === undefined) problems.delete(about);
    else problems.set(about, sentence);
  };
  /** What nobody waits for, so that the end of the program can. */
  const beside = new Set<Promise<unknown>>();
  const inPassing = (work: Promise<unknown>, failed: (error: unknown) => void): void => {
    const done = work.catch(failed).finally(() => beside.delete(done));
    beside.add(done);
  };

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
    answerPress: (queryId, text) =>
      // It is too old after some seconds, and then nobody waits for it.
      inPassing(
        api.answerCallbackQuery(queryId, text === undefined ? {} : { text, show_alert: true }),
        () => undefined,
      ),
    answerDue: typing.begin,
    authorOf: (post) => authorOf(api, desk, post),
    tell: (to, text) =>
      inPassing(api.sendMessage(Number(to), text), (error) => desk.failed(safeError(error))),
    mayPost: (mayPost) =>
      problem(
        'channel',
        mayPost ? undefined : 'The bot may not post in TELEGRAM_CHANNEL: make it an administrator.',
      ),
  });
  const albums = createAlbums({ desk, take: ingress.store, now: clock.now, wait });
  const send = createSender({
    api,
    desk,
    buttons,
    pace,
    channel,
    nameOf,
    username: async () => (await me()).username,
  });

  const take = async (update: Update): Promise<void> => {
    const { id, username } = await me();
    await ingress.take(update, { id, username, channel, nameOf });
  };
  const polling = createPolling({
    api,
    take,
    wait,
    problem: (sentence) => problem('intake', sentence),
    failed: (error) => desk.failed(error),
  });

  /** Either Telegram sends the updates, or it gives them to whoever asks; never both. */
  const arrange = async (): Promise<void> => {
    if (!isPushed) {
      await api.deleteWebhook();
      return;
    }
    await api.setWebhook(new URL(TELEGRAM_WEBHOOK_PATH, publicUrl).href, {
      secret_token: webhookSecret,
      allowed_updates: ALLOWED_UPDATES,
    });
  };

  const setUp = async (): Promise<void> => {
    await me();
    await menus.setAll();
    await arrange();
  };

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
      return outcome;
    },
    fetchPicture: createPictureFetch(api, settings),
    start: async () => {
      if (webhookSecret !== undefined && !SECRET.test(webhookSecret)) {
        throw new ChannelError(
          'TELEGRAM_WEBHOOK_SECRET must be 1 to 256 letters, digits, underscores or hyphens.',
        );
      }
      const problemAtStart = await setUp().then(() => undefined, sentenceOf);
      if (problemAtStart !== undefined) throw new ChannelError(problemAtStart);
      albums.start();
      if (!isPushed) polling.start();
    },
    stop: async () => {
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
    ...(isPushed
      ? {
          webhooks: {
            [TELEGRAM_WEBHOOK_PATH]: createWebhook({
              secret: webhookSecret,
              take,
              failed: (error) => desk.failed(safeError(error)),
            }),
          },
        }
      : {}),
  };
}

/** Why the bot cannot start, for the operator. */
function sentenceOf(error: unknown): string {
  if (!(error instanceof GrammyError)) {
    return 'Telegram does not answer at TELEGRAM_API_ROOT: check the address and the network.';
  }
  if (error.error_code === 401 || error.error_code === 404) {
    return 'Telegram does not know the bot: TELEGRAM_BOT_TOKEN is wrong, ask @BotFather for it.';
  }
  return `Telegram refuses ${error.method}: ${error.error_code} ${error.description}`;
}
