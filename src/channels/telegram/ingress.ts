/** Takes in what Telegram tells: by its requests where it can reach us, else by asking for updates. */
import { Background } from '../../lib/background.ts';
import { ChannelError, type Inbox, type Ingress } from '../channel.ts';
import { createAlbums } from './albums.ts';
import type { Menus } from './menu.ts';
import type { Parts } from './parts.ts';
import { poll } from './polling.ts';
import { createTake } from './updates.ts';
import { createWebhook, TELEGRAM_WEBHOOK_PATH } from './webhook.ts';

const SECRET = /^[A-Za-z0-9_-]{1,256}$/;

export function createIngress(parts: Parts, menus: Menus, inbox: Inbox): Ingress {
  const { settings, webhook, connection, typing, failed, refusals } = parts;
  const ending = new AbortController();
  let polling: Promise<void> | undefined;
  const messages = { ...parts, inbox };
  const albums = createAlbums(messages);
  const unawaited = new Background();
  const take = createTake({ ...messages, albums, unawaited });
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
        // What Telegram could not deliver it delivers again when it sees fit: nobody can tell when.
        const caughtUp = () => inbox.caughtUp?.('telegram');
        if (webhook !== undefined) caughtUp();
        else polling ??= poll({ ...parts, take, caughtUp }, ending.signal);
      });
    },
    stop: async () => {
      await connection.stop();
      ending.abort();
      await polling;
      await albums.stop();
      await typing.stop();
      await menus.stop();
      await unawaited.ended();
    },
    ...(webhook === undefined
      ? {}
      : {
          webhooks: {
            [TELEGRAM_WEBHOOK_PATH]: createWebhook({
              secret: webhook.secret,
              ...{ take, failed, refusals },
            }),
          },
        }),
  };
}
