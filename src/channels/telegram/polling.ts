/**
 * Asks Telegram for updates where it cannot reach us. The offset, which makes Telegram forget, moves
 * only past what is stored. It is kept nowhere: at a start Telegram gives again what it was not told
 * of, and the inbox knows it by its ids.
 */
import { type Api, GrammyError } from 'grammy';
import type { Update } from 'grammy/types';
import { SECOND_MS } from '../../lib/clock.ts';
import type { Wait } from '../../lib/wait.ts';
import { safeError, sendErrorOf } from './errors.ts';
import { ALLOWED_UPDATES } from './parse.ts';

export type Polling = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const PATIENCE_SECONDS = 25;
const BATCH = 100;
const FIRST_PAUSE_MS = SECOND_MS;
const PAUSE_MS_MAX = 30 * SECOND_MS;
const CONFLICT =
  'Another program takes the updates of this bot with the same token: stop it, or give this city a bot of its own.';

export function createPolling(options: {
  readonly api: Api;
  /** Stores what an update says; rejects when it has to be given again. */
  readonly take: (update: Update) => Promise<void>;
  readonly wait: Wait;
  /** Why it does not work now; undefined once it does. */
  readonly problem: (sentence: string | undefined) => void;
  readonly failed: (error: unknown) => void;
}): Polling {
  const { api } = options;
  const ending = new AbortController();
  let running: Promise<void> | undefined;

  /** How many from the first on are stored: updates of one chat in order, chats side by side. */
  const storeAll = async (updates: readonly Update[]): Promise<number> => {
    const chats = Map.groupBy(updates, chatOf);
    const refused = new Set<Update>();
    await Promise.all(
      [...chats.values()].map(async (own) => {
        for (const [at, update] of own.entries()) {
          try {
            await options.take(update);
          } catch (error) {
            options.failed(safeError(error));
            for (const later of own.slice(at)) refused.add(later);
            return;
          }
        }
      }),
    );
    const first = updates.findIndex((update) => refused.has(update));
    return first === -1 ? updates.length : first;
  };

  const run = async (): Promise<void> => {
    let offset: number | undefined;
    let failures = 0;
    const pause = async (askedMs = 0): Promise<void> => {
      failures += 1;
      const own = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** (failures - 1));
      await options.wait(Math.max(own, askedMs), ending.signal);
    };
    while (!ending.signal.aborted) {
      try {
        const updates = await api.getUpdates(
          {
            ...(offset === undefined ? {} : { offset }),
            limit: BATCH,
            timeout: PATIENCE_SECONDS,
            allowed_updates: ALLOWED_UPDATES,
          },
          ending.signal as Parameters<Api['getUpdates']>[1],
        );
        options.problem(undefined);
        const stored = await storeAll(updates);
        const last = updates[stored - 1];
        if (last !== undefined) offset = last.update_id + 1;
        if (stored < updates.length) await pause();
        else failures = 0;
      } catch (error) {
        if (ending.signal.aborted) return;
        options.problem(problemOf(error));
        await pause(sendErrorOf(error, 'person').retryAfterMs);
      }
    }
  };

  return {
    start: () => {
      running ??= run();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

const chatOf = (update: Update): number | undefined =>
  (update.message ?? update.edited_message ?? update.channel_post)?.chat.id ??
  update.callback_query?.message?.chat.id;

function problemOf(error: unknown): string {
  if (!(error instanceof GrammyError)) return 'Telegram does not answer; it is asked again.';
  if (error.error_code === 409) return CONFLICT;
  if (error.error_code === 401 || error.error_code === 404) {
    return 'Telegram does not know the bot: check TELEGRAM_BOT_TOKEN.';
  }
  return `Telegram gives no updates: ${error.error_code} ${error.description}`;
}
