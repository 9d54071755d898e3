/** Takes in what Telegram tells: by its requests where it can reach us, else by asking for updates. */
import type { Update } from 'grammy/types';
import { Background } from '../../lib/background.ts';
import { ChannelError, type Inbox, type Ingress } from '../channel.ts';
import { createAlbums } from './albums.ts';
import { MAY_NOT_POST } from './errors.ts';
import type { Menus } from './menu.ts';
import { storeSaid } from './messages.ts';
import type { Posted } from './parse.ts';
import type { Parts } from './parts.ts';
import { poll } from './polling.ts';
import { authorOf } from './posted.ts';
import type { PressAnswer } from './presses.ts';
import { createTake } from './updates.ts';
import { createWebhook, TELEGRAM_WEBHOOK_PATH } from './webhook.ts';

const SECRET = /^[A-Za-z0-9_-]{1,256}$/;

export function createIngress(parts: Parts, menus: Menus, inbox: Inbox): Ingress {
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
