/** SMS as a channel: Twilio's SDK and webhooks, our own store before every acknowledgement. */
import { type Clock, MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { createLoop } from '../../lib/loop.ts';
import { ok, refuse } from '../../lib/result.ts';
import { createMediaFetch } from '../../media/fetch-media.ts';
import {
  type Capabilities,
  ChannelError,
  type Inbox,
  type Ingress,
  type TwoWayChannel,
} from '../channel.ts';
import { createProblems, type Problems } from '../problems.ts';
import { createClient, type SmsClient } from './client.ts';
import { safeError, sendErrorOf } from './errors.ts';
import { createWebhooks } from './ingress.ts';
import { createSender, STATUS_PATH } from './send.ts';
import type { SmsSettings } from './settings.ts';
import { createStatuses } from './statuses.ts';
import { createSweep } from './sweep.ts';

export const MESSAGE_PATH = '/webhooks/twilio/message';

const BETWEEN_SWEEPS_MS = 5 * MINUTE_MS;
const BETWEEN_LOOKS_MS = 2 * SECOND_MS;

/** What can go wrong by itself: taking texts over at Twilio, bringing them to phones, its list. */
type Trouble = 'sending' | 'delivery' | 'sweep';

export type SmsOptions = Capabilities & {
  readonly settings: SmsSettings;
  readonly clock: Clock;
  /** Further origins that pictures may come from: none where the provider is the real one. */
  readonly trustedMedia?: readonly string[];
};

export function createSmsChannel(options: SmsOptions): TwoWayChannel {
  const { settings } = options;
  const client = createClient(settings);
  const problems = createProblems<Trouble>();
  const basic = Buffer.from(`${settings.accountSid}:${settings.authToken}`).toString('base64');
  const fetchMedia = createMediaFetch({
    provider: { origin: settings.apiBaseUrl, authorization: `Basic ${basic}` },
    trusted: options.trustedMedia ?? [],
  });
  const send = createSender({
    client,
    settings,
    problem: (sentence) => problems.set('sending', sentence),
  });
  return {
    name: 'sms',
    hasPublicPlace: false,
    reportsDelivery: true,
    messagesPerSecond: settings.messagesPerSecond,
    send,
    fetchPicture: async (source) => {
      if (source === '') return refuse('picture-unreachable');
      const found = await fetchMedia(`${settings.apiBaseUrl}${source}`);
      if (found.ok) return ok(found.value.bytes);
      // What is thrown is tried again.
      if (found.refusal.mayRetry) throw new Error(`A picture of a text: ${found.refusal.why}`);
      return found;
    },
    releasePicture: async (source) => {
      const [, message, media] = /\/Messages\/(\w+)\/Media\/(\w+)$/.exec(source) ?? [];
      if (message === undefined || media === undefined) return;
      try {
        await client.messages(message).media(media).remove();
      } catch (error) {
        // Gone is gone.
        if ((error as { readonly status?: unknown } | null)?.status === 404) return;
        throw safeError('letting go of a picture', error);
      }
    },
    status: problems.status,
    createIngress: (inbox) => createIngress({ ...options, client, problems, inbox }),
  };
}

type IngressOptions = SmsOptions & {
  readonly client: SmsClient;
  readonly problems: Problems<Trouble>;
  readonly inbox: Inbox;
};

function createIngress(options: IngressOptions): Ingress {
  const { settings, client, clock, problems, failed } = options;
  const { now } = clock;
  const statuses = createStatuses({
    ...options,
    now,
    problem: (sentence) => problems.set('delivery', sentence),
  });
  const sweep = createSweep({ ...options, statuses, now });
  const webhooks = createWebhooks({ ...options, statuses, now });
  let nextSweepAt = 0;

  const turn = async (): Promise<boolean> => {
    await statuses.again();
    loop.wakeAt(now() + BETWEEN_LOOKS_MS);
    if (now() < nextSweepAt) return false;
    nextSweepAt = now() + BETWEEN_SWEEPS_MS;
    try {
      await sweep();
      problems.set('sweep', undefined);
    } catch (error) {
      problems.set('sweep', sendErrorOf(error).detail);
      failed(safeError('the list of messages', error));
    }
    return false;
  };
  const loop = createLoop({ turn, failed, now });

  return {
    webhooks: { [MESSAGE_PATH]: webhooks.message, [STATUS_PATH]: webhooks.status },
    start: async () => {
      try {
        await client.api.accounts(settings.accountSid).fetch();
      } catch (error) {
        const { kind, detail } = sendErrorOf(error);
        if (kind === 'misconfigured') {
          throw new ChannelError(`SMS cannot start. ${detail}`, { cause: error });
        }
        // Twilio may be back soon: what it is given meanwhile waits.
        problems.set('sweep', detail);
      }
      loop.wake();
    },
    stop: loop.stop,
  };
}
