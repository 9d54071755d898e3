/** Telegram as a channel: grammY's API with our own intake, so that nothing is lost in between. */
import type { TwoWayChannel } from '../channel.ts';
import { MAY_NOT_POST } from './errors.ts';
import { createIngress } from './ingress.ts';
import { createMenus } from './menu.ts';
import { createParts, type TelegramOptions } from './parts.ts';
import { createPictureFetch } from './pictures.ts';
import { createSender } from './send.ts';

/** Telegram's own limits, for all chats together and for one. */
const MESSAGES_PER_SECOND = 30;
const BETWEEN_MS = 1000;

export function createTelegramChannel(options: TelegramOptions): TwoWayChannel {
  const parts = createParts(options);
  const { api, settings, problems, typing, refusals } = parts;
  const menus = createMenus(parts);
  const send = createSender(parts);
  return {
    name: 'telegram',
    hasPublicPlace: settings.channel !== undefined,
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
    fetchPicture: createPictureFetch(api, settings, options.outgoing?.('telegram')),
    status: () => ({ ...problems.status(), ...refusals.facts(), ...parts.unread.facts() }),
    address: parts.connection.username,
    createIngress: (inbox) => createIngress(parts, menus, inbox),
  };
}
