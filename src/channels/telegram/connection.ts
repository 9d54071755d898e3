/**
 * The agreement with Telegram: who the bot is, and how updates come. Either Telegram sends them, or
 * it gives them to whoever asks; never both, and to one program only.
 */
import { type Api, GrammyError } from 'grammy';
import type { UserFromGetMe } from 'grammy/types';
import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import type { Wait } from '../../lib/wait.ts';
import { ChannelError } from '../channel.ts';
import { ALLOWED_UPDATES } from './parse.ts';

export type Connection = {
  readonly me: () => Promise<UserFromGetMe>;
  /**
   * Makes the agreement. Throws a `ChannelError` for what an operator has to change; while Telegram
   * cannot be reached it goes on trying, and `ready` is called once it stands.
   */
  readonly start: (ready: () => Promise<void>) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const FIRST_PAUSE_MS = SECOND_MS;
const PAUSE_MS_MAX = MINUTE_MS;
const LOOK_EVERY_MS = 5 * MINUTE_MS;

const UNREACHABLE = 'Telegram does not answer at TELEGRAM_API_ROOT; it is tried again.';
const TAKEN_OVER =
  'Another program with the same token had taken over the updates of this bot; they come here again.';

export function createConnection(options: {
  readonly api: Api;
  readonly wait: Wait;
  readonly now: () => number;
  /** Where Telegram is to send updates; undefined where the bot asks for them. */
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  readonly problem: (sentence: string | undefined) => void;
}): Connection {
  const { api, wait, webhook } = options;
  const ending = new AbortController();
  const { signal } = ending;
  let running: Promise<void> | undefined;
  let asked: Promise<UserFromGetMe> | undefined;

  const me = (): Promise<UserFromGetMe> => {
    asked ??= api.getMe().catch((error: unknown) => {
      asked = undefined;
      throw error;
    });
    return asked;
  };

  const arrange = async (): Promise<void> => {
    await me();
    if (webhook === undefined) await api.deleteWebhook();
    else {
      const { url, secret } = webhook;
      await api.setWebhook(url, { secret_token: secret, allowed_updates: ALLOWED_UPDATES });
    }
  };

  /** Whether Telegram still sends updates here, and whether they arrive. */
  const look = async (): Promise<string | undefined> => {
    const info = await api.getWebhookInfo();
    if (info.url !== webhook?.url) {
      await arrange();
      return TAKEN_OVER;
    }
    const failedAt = (info.last_error_date ?? 0) * SECOND_MS;
    if (failedAt < options.now() - LOOK_EVERY_MS) return undefined;
    return `Telegram cannot deliver to PUBLIC_URL: ${info.last_error_message ?? 'it does not say why'}.`;
  };

  const keepLooking = async (): Promise<void> => {
    for (;;) {
      await wait(LOOK_EVERY_MS, signal);
      if (signal.aborted) return;
      options.problem(await look().catch(() => UNREACHABLE));
    }
  };

  const keepTrying = async (ready: () => Promise<void>): Promise<void> => {
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(PAUSE_MS_MAX, 2 * pause)) {
      await wait(pause, signal);
      if (signal.aborted) return;
      const problem = await arrange().then(() => undefined, sentenceOf);
      options.problem(problem);
      if (problem === undefined) break;
    }
    await ready();
    if (webhook !== undefined) await keepLooking();
  };

  return {
    me,
    start: async (ready) => {
      const error = await arrange().then(
        () => undefined,
        (thrown: unknown) => thrown ?? new Error('Telegram: no reason'),
      );
      if (error !== undefined && isForOperator(error)) throw new ChannelError(sentenceOf(error));
      if (error === undefined) {
        await ready();
        if (webhook !== undefined) running = keepLooking();
        return;
      }
      options.problem(UNREACHABLE);
      running = keepTrying(ready);
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}

/** What does not pass by itself. */
const isForOperator = (error: unknown): boolean =>
  error instanceof GrammyError && [400, 401, 403, 404].includes(error.error_code);

function sentenceOf(error: unknown): string {
  if (!(error instanceof GrammyError)) return UNREACHABLE;
  if (error.error_code === 401 || error.error_code === 404) {
    return 'Telegram does not know the bot: TELEGRAM_BOT_TOKEN is wrong, ask @BotFather for it.';
  }
  return `Telegram refuses ${error.method}: ${error.error_code} ${error.description}`;
}
