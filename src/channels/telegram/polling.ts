/**
 * Asks Telegram for updates where it cannot reach us. The offset, which makes Telegram forget, moves
 * only past what is stored. It is kept nowhere: at a start Telegram gives again what it was not told
 * of, and the inbox knows it by its ids.
 */

import type { Update } from 'grammy/types';
import { type Api, GrammyError } from 'grammy/web';
import { SECOND_MS } from '../../lib/clock.ts';
import { repeat } from '../../lib/repeat.ts';
import { sendErrorOf } from './errors.ts';
import { ALLOWED_UPDATES } from './parse.ts';
import type { Parts } from './parts.ts';

type PollingOptions = Pick<Parts, 'api' | 'wait' | 'problem' | 'failed'> & {
  /** Stores what an update says; rejects when it has to be given again. */
  readonly take: (update: Update) => Promise<void>;
  /** Is told when there is nothing that waits. */
  readonly caughtUp: () => void;
};

/** Telegram holds a request so long when there is nothing new. */
const HELD_SECONDS = 25;
const BATCH = 100;
const PAUSE_MS_MAX = 30 * SECOND_MS;
const CONFLICT =
  'Another program takes the updates of this bot with the same token: stop it, or give this city a bot of its own.';

/** Some updates could not be stored, so that they are asked for again. */
class NotStored extends Error {
  override readonly name = 'NotStored';
}

/** Asks until `signal` aborts. */
export function poll(options: PollingOptions, signal: AbortSignal): Promise<void> {
  let offset: number | undefined;
  return repeat({
    everyMs: 0,
    round: async () => {
      const updates = await getUpdates(options.api, offset, signal);
      options.problem(undefined);
      const stored = await storeAll(updates, options);
      const last = updates[stored - 1];
      if (last !== undefined) offset = last.update_id + 1;
      if (stored < updates.length) throw new NotStored();
      if (updates.length < BATCH) options.caughtUp();
      return false;
    },
    ended: (error) => {
      if (error !== undefined && !(error instanceof NotStored)) options.problem(problemOf(error));
    },
    leastPauseMs: (error) => sendErrorOf(error, 'person').retryAfterMs ?? 0,
    pauseMsMax: PAUSE_MS_MAX,
    wait: options.wait,
    signal,
  });
}

const getUpdates = (
  api: Api,
  offset: number | undefined,
  signal: AbortSignal,
): Promise<readonly Update[]> =>
  api.getUpdates(
    {
      ...(offset === undefined ? {} : { offset }),
      limit: BATCH,
      timeout: HELD_SECONDS,
      allowed_updates: ALLOWED_UPDATES,
    },
    // grammY names the type of a polyfill here.
    signal as Parameters<Api['getUpdates']>[1],
  );

/** How many from the first on are stored: updates of one chat in order, chats side by side. */
async function storeAll(
  updates: readonly Update[],
  { take, failed }: Pick<PollingOptions, 'take' | 'failed'>,
): Promise<number> {
  const refused = new Set<Update>();
  const storeChat = async (ofChat: readonly Update[]): Promise<void> => {
    for (const [at, update] of ofChat.entries()) {
      try {
        await take(update);
      } catch (error) {
        failed(error);
        for (const later of ofChat.slice(at)) refused.add(later);
        return;
      }
    }
  };
  await Promise.all(Map.groupBy(updates, chatOf).values().map(storeChat));
  const first = updates.findIndex((update) => refused.has(update));
  return first === -1 ? updates.length : first;
}

/** Undefined for what is about no chat, and for an update with other types than it should have. */
const chatOf = (update: Update): number | undefined =>
  (update.message ?? update.edited_message ?? update.channel_post)?.chat?.id ??
  update.callback_query?.message?.chat?.id;

function problemOf(error: unknown): string {
  if (!(error instanceof GrammyError)) return 'Telegram does not answer; it is asked again.';
  if (error.error_code === 409) return CONFLICT;
  if (error.error_code === 401 || error.error_code === 404) {
    return 'Telegram does not know the bot: check TELEGRAM_BOT_TOKEN.';
  }
  return `Telegram gives no updates: ${error.error_code} ${error.description}`;
}
