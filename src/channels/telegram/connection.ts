/**
 * Agrees with Telegram on how updates come: either Telegram sends them, or it gives them to whoever
 * asks; never both, and to one program only.
 */

import type { UserFromGetMe } from 'grammy/types';
import { type Api, GrammyError } from 'grammy/web';
import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { pauseAfter } from '../../lib/repeat.ts';
import type { Wait } from '../../lib/wait.ts';
import { ChannelError } from '../channel.ts';
import { ALLOWED_UPDATES } from './parse.ts';

type ConnectionOptions = {
  readonly api: Api;
  readonly wait: Wait;
  readonly now: () => number;
  /** Where Telegram is to send updates; undefined where the bot asks for them. */
  readonly webhook: { readonly url: string; readonly secret: string } | undefined;
  readonly problem: (sentence: string | undefined) => void;
};

type State = ConnectionOptions & {
  readonly me: () => Promise<UserFromGetMe>;
  readonly signal: AbortSignal;
};

const LOOK_EVERY_MS = 5 * MINUTE_MS;

const UNREACHABLE = 'Telegram does not answer at TELEGRAM_API_ROOT; it is tried again.';
const TAKEN_OVER =
  'Another program with the same token had taken over the updates of this bot; they come here again.';

export function createConnection(options: ConnectionOptions) {
  const ending = new AbortController();
  let running: Promise<void> | undefined;
  let asked: Promise<UserFromGetMe> | undefined;
  let username: string | undefined;
  /** Tells who the bot is; Telegram is asked once. */
  const me = (): Promise<UserFromGetMe> => {
    asked ??= options.api.getMe().then(
      (user) => {
        username = user.username;
        return user;
      },
      (error: unknown) => {
        asked = undefined;
        throw error;
      },
    );
    return asked;
  };
  const state: State = { ...options, me, signal: ending.signal };
  return {
    me,
    /** The bot's name, once Telegram has told it. */
    username: () => username,
    /**
     * Makes the agreement. Throws a `ChannelError` for what an operator has to change; while Telegram
     * cannot be reached it goes on trying, and `ready` is called once it stands.
     */
    start: async (ready: () => Promise<void>): Promise<void> => {
      const problem = await tryToArrange(state);
      if (problem?.isForOperator === true) throw new ChannelError(problem.sentence);
      if (problem === undefined) await ready();
      else options.problem(UNREACHABLE);
      running = stayConnected(state, problem === undefined ? undefined : ready);
    },
    stop: async (): Promise<void> => {
      ending.abort();
      await running;
    },
  };
}

async function arrange({ api, webhook, me }: State): Promise<void> {
  await me();
  if (webhook === undefined) await api.deleteWebhook();
  else {
    const { url, secret } = webhook;
    await api.setWebhook(url, { secret_token: secret, allowed_updates: ALLOWED_UPDATES });
  }
}

/** Why there is no agreement; undefined where there is one now. */
const tryToArrange = (state: State): Promise<Problem | undefined> =>
  arrange(state).then(() => undefined, problemOf);

/** Goes on trying while there is no agreement, for `ready`; then looks whether updates arrive. */
async function stayConnected(
  state: State,
  ready: (() => Promise<void>) | undefined,
): Promise<void> {
  const { signal } = state;
  for (let tries = 1; ready !== undefined; tries += 1) {
    await state.wait(pauseAfter(tries), signal);
    if (signal.aborted) return;
    const problem = await tryToArrange(state);
    state.problem(problem?.sentence);
    if (problem !== undefined) continue;
    await ready();
    break;
  }
  while (state.webhook !== undefined) {
    await state.wait(LOOK_EVERY_MS, signal);
    if (signal.aborted) return;
    state.problem(await look(state).catch(() => UNREACHABLE));
  }
}

/** Why updates do not come from Telegram any more, or do not arrive; undefined where they do. */
async function look(state: State): Promise<string | undefined> {
  const info = await state.api.getWebhookInfo();
  if (info.url !== state.webhook?.url) {
    await arrange(state);
    return TAKEN_OVER;
  }
  const failedAt = (info.last_error_date ?? 0) * SECOND_MS;
  if (failedAt < state.now() - LOOK_EVERY_MS) return undefined;
  return `Telegram cannot deliver to PUBLIC_URL: ${info.last_error_message ?? 'it does not say why'}.`;
}

/** `isForOperator`: it does not pass by itself. */
type Problem = { readonly sentence: string; readonly isForOperator: boolean };

function problemOf(error: unknown): Problem {
  if (!(error instanceof GrammyError)) return { sentence: UNREACHABLE, isForOperator: false };
  const { error_code: code, method, description } = error;
  const isForOperator = [400, 401, 403, 404].includes(code);
  if (code === 401 || code === 404) {
    const sentence =
      'Telegram does not know the bot: TELEGRAM_BOT_TOKEN is wrong, ask @BotFather for it.';
    return { sentence, isForOperator };
  }
  return { sentence: `Telegram refuses ${method}: ${code} ${description}`, isForOperator };
}
