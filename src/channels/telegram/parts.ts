/** Everything that both taking in and sending need. */
import { Api, type Transformer } from 'grammy/web';
import type { Clock } from '../../lib/clock.ts';
import { allAtOnce, type OutgoingOf } from '../../lib/outgoing.ts';
import { publicAddress } from '../../lib/public-address.ts';
import { systemWait, type Wait } from '../../lib/wait.ts';
import type { Capabilities } from '../channel.ts';
import { createProblems } from '../problems.ts';
import { createRefusals } from '../refusals.ts';
import { createButtons } from './buttons.ts';
import { createConnection } from './connection.ts';
import { safeError } from './errors.ts';
import { createChatNames } from './ids.ts';
import { createPace } from './pace.ts';
import type { TelegramSettings, TelegramTexts } from './settings.ts';
import { createTyping } from './typing.ts';
import { TELEGRAM_WEBHOOK_PATH } from './webhook.ts';

/** Longer than Telegram holds a request for updates. */
const REQUEST_SECONDS_MAX = 40;

export type TelegramOptions = Capabilities & {
  readonly settings: TelegramSettings;
  readonly clock: Clock;
  readonly texts: TelegramTexts;
  readonly wait?: Wait;
};

export type Parts = ReturnType<typeof createParts>;

export function createParts({ clock, wait = systemWait, ...options }: TelegramOptions) {
  const { memory, talkerOf, outgoing = allAtOnce } = options;
  const settings = { ...options.settings, apiRoot: options.settings.apiRoot.replace(/\/+$/, '') };
  const { webhookSecret: secret, publicUrl } = settings;
  const webhook =
    secret === undefined || publicUrl === undefined
      ? undefined
      : { url: publicAddress(publicUrl, TELEGRAM_WEBHOOK_PATH), secret };
  const api = new Api(settings.token, {
    apiRoot: settings.apiRoot,
    timeoutSeconds: REQUEST_SECONDS_MAX,
  });
  api.config.use(inLine(outgoing));
  const { now, elapsed } = clock;
  const pace = createPace(elapsed);
  const problems = createProblems<'intake' | 'channel' | 'webhooks'>(options.stateChanged);
  const problem = (sentence: string | undefined) => problems.set('intake', sentence);
  const refusals = createRefusals({
    now: elapsed,
    question: 'is TELEGRAM_WEBHOOK_SECRET right, and PUBLIC_URL that of this city alone?',
    warn: options.warn,
    problem: (sentence) => problems.set('webhooks', sentence),
  });
  let unreadUpdates = 0;
  return {
    ...options,
    ...{ settings, now, elapsed, wait, webhook, api, pace, problems, problem, refusals },
    /** Counts updates that cannot be read. */
    unread: {
      add: () => {
        unreadUpdates += 1;
      },
      facts: () => (unreadUpdates === 0 ? {} : { unreadUpdates }),
    },
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

/**
 * Each call waits in its line, before its time-out begins. A request for updates is held by Telegram
 * while there are none: it takes no place. That the bot is at work is shown only where nobody waits
 * for that.
 */
const inLine = (outgoing: OutgoingOf): Transformer => {
  const [calls, typing] = [outgoing('telegram'), outgoing('typing')];
  return (call, method, payload, signal) => {
    if (method === 'getUpdates') return call(method, payload, signal);
    const pass = method === 'sendChatAction' ? typing : calls;
    return pass(() => call(method, payload, signal));
  };
};
