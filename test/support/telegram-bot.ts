// The channel at work against a Bot API server, with a desk in memory and time in the test's hands.

import type { Update } from 'grammy/types';
import type { Delivery } from '../../src/channels/channel.ts';
import { createTelegramChannel } from '../../src/channels/telegram/channel.ts';
import type { TelegramSettings } from '../../src/channels/telegram/settings.ts';
import { TELEGRAM_WEBHOOK_PATH } from '../../src/channels/telegram/webhook.ts';
import type { Reply } from '../../src/conversation/message.ts';
import type { OutgoingOf } from '../../src/lib/outgoing.ts';
import { TEST_NOW } from './city.ts';
import { clockOf } from './clock.ts';
import { memoryChannelDesk, TELEGRAM_TEXTS, withIngress } from './telegram-desk.ts';
import { startTelegram, type TelegramServer, TOKEN } from './telegram-server.ts';
import { ANA_ID, CHANNEL_ID, GROUP_ID } from './telegram-updates.ts';

export const SECRET = 'webhook-secret_1';

/** Waits that end when the test says so, or when nobody waits any more. */
export function createPatience() {
  const waiting = new Set<{ readonly ms: number; readonly end: () => void }>();
  const news = new Set<() => void>();
  return {
    wait: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        const end = () => {
          waiting.delete(one);
          resolve();
        };
        const one = { ms, end };
        if (signal.aborted) resolve();
        else {
          waiting.add(one);
          signal.addEventListener('abort', end);
          for (const tell of news) tell();
        }
      }),
    /** So long somebody waits now. */
    waits: () => [...waiting].map(({ ms }) => ms),
    /** Ends every wait of this length; waits for one to begin where there is none. */
    pass: async (ms: number): Promise<void> => {
      while (![...waiting].some((one) => one.ms === ms)) {
        await new Promise<void>((resolve) => {
          const tell = () => {
            news.delete(tell);
            resolve();
          };
          news.add(tell);
        });
      }
      for (const one of [...waiting]) if (one.ms === ms) one.end();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

export async function openBot(
  options: {
    readonly settings?: Partial<TelegramSettings>;
    readonly isPolled?: boolean;
    readonly outgoing?: OutgoingOf;
    /** What an earlier run left. */
    readonly on?: {
      readonly telegram: TelegramServer;
      readonly desk: ReturnType<typeof memoryChannelDesk>;
      readonly clock: { time: number };
    };
  } = {},
) {
  const telegram = options.on?.telegram ?? (await startTelegram());
  if (options.on === undefined) {
    telegram.addChat(ANA_ID);
    telegram.addChat(GROUP_ID, { type: 'supergroup' });
    telegram.addChat(CHANNEL_ID, { type: 'channel', username: 'citysync_test' });
  }
  const clock = options.on?.clock ?? { time: TEST_NOW };
  const now = () => clock.time;
  const desk = options.on?.desk ?? memoryChannelDesk(now);
  const patience = createPatience();
  const twoWay = createTelegramChannel({
    ...desk.capabilities,
    ...(options.outgoing && { outgoing: options.outgoing }),
    settings: {
      token: TOKEN,
      apiRoot: telegram.url,
      channel: '@citysync_test',
      ...(options.isPolled === true
        ? {}
        : { publicUrl: 'https://city.example', webhookSecret: SECRET }),
      ...options.settings,
    },
    clock: clockOf(now),
    texts: TELEGRAM_TEXTS,
    wait: patience.wait,
  });
  const channel = withIngress(twoWay, desk.inbox);
  let deliveries = 0;

  const post = async (body: string, secret: string | null = SECRET): Promise<number> => {
    const receive = channel.webhooks?.[TELEGRAM_WEBHOOK_PATH];
    if (receive === undefined) throw new Error('There is no webhook.');
    const headers = secret === null ? {} : { 'x-telegram-bot-api-secret-token': secret };
    const request = new Request('https://city.example/webhooks/telegram', {
      method: 'POST',
      headers: new Headers(headers),
      body,
    });
    return (await receive(request)).status;
  };

  return {
    telegram,
    desk,
    clock,
    patience,
    channel,
    post,
    /** Telegram sends these one after the other. */
    push: async (...updates: readonly Update[]): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (const update of updates) {
        if (update.callback_query !== undefined) telegram.pressed.add(update.callback_query.id);
        statuses.push(await post(JSON.stringify(update)));
      }
      return statuses;
    },
    texts: () => desk.messages().map(({ text }) => text),
    deliver: (text: string, more: Partial<Delivery> & { readonly with?: Partial<Reply> } = {}) => {
      deliveries += 1;
      const { with: extra = {}, ...rest } = more;
      return channel.send({
        id: deliveries,
        to: String(ANA_ID),
        reply: { text, choices: [], pictures: [], ...extra },
        kind: 'reply',
        place: null,
        taskId: null,
        announced: null,
        attempt: 1,
        createdAt: clock.time,
        ...rest,
      });
    },
    calls: (method: string) => telegram.calls.filter((call) => call.method === method),
    close: async () => {
      await channel.stop();
      await telegram.close();
    },
  };
}

export type Bot = Awaited<ReturnType<typeof openBot>>;
