/** SMS as a channel: texts go through Twilio, and each is stored before it is acknowledged. */
import type { Clock } from '../../lib/clock.ts';
import { type ChannelDesk, ChannelError, type RunningChannel } from '../channel.ts';
import { createProblems } from '../problems.ts';
import { createClient } from './client.ts';
import { sendErrorOf } from './errors.ts';
import { createIngress } from './ingress.ts';
import { createPictures } from './pictures.ts';
import { createSender } from './send.ts';
import type { SmsSettings } from './settings.ts';

export function createSmsChannel(options: {
  readonly settings: SmsSettings;
  readonly desk: ChannelDesk;
  readonly clock: Clock;
  /** Further origins that pictures may come from: none where the provider is the real one. */
  readonly trustedMedia?: readonly string[];
}): RunningChannel {
  const { settings, desk, clock, trustedMedia = [] } = options;
  const client = createClient(settings);
  // Each goes wrong by itself: taking texts over at Twilio, bringing them to phones, its list.
  const problems = createProblems<'sending' | 'delivery' | 'sweep'>();
  const ingress = createIngress({ client, settings, desk, now: clock.now, problem: problems.set });
  return {
    name: 'sms',
    hasPublicPlace: false,
    reportsDelivery: true,
    messagesPerSecond: settings.messagesPerSecond,
    send: createSender({
      client,
      settings,
      problem: (sentence) => problems.set('sending', sentence),
    }),
    ...createPictures(client, settings, trustedMedia),
    start: async () => {
      try {
        await client.api.accounts(settings.accountSid).fetch();
      } catch (error) {
        const { kind, detail } = sendErrorOf(error);
        if (kind === 'misconfigured') {
          throw new ChannelError(`SMS cannot start. ${detail}`, { cause: error });
        }
        // Twilio may be back soon: until then deliveries wait.
        problems.set('sweep', detail);
      }
      ingress.start();
    },
    stop: ingress.stop,
    status: problems.status,
    webhooks: ingress.webhooks,
  };
}
