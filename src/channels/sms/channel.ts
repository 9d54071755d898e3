/** SMS as a channel: texts go through Twilio, and each is stored before it is acknowledged. */
import type { Clock } from '../../lib/clock.ts';
import type { Capabilities, TwoWayChannel } from '../channel.ts';
import { createProblems } from '../problems.ts';
import { createRefusals } from '../refusals.ts';
import { createClient } from './client.ts';
import { createIngress } from './ingress.ts';
import { createPictures } from './pictures.ts';
import { createSender } from './send.ts';
import type { SmsSettings } from './settings.ts';

export type SmsOptions = Capabilities & {
  readonly settings: SmsSettings;
  readonly clock: Clock;
  /** Further origins that pictures may come from: none where the provider is the real one. */
  readonly trustedMedia?: readonly string[];
};

export function createSmsChannel(options: SmsOptions): TwoWayChannel {
  const { settings, clock, createPublicFetch, trustedMedia = [] } = options;
  const client = createClient(settings, options.outgoing?.('sms'));
  // Each goes wrong by itself: taking texts over at Twilio, bringing them to phones, its list, and
  // what it posts here.
  const problems = createProblems<'sending' | 'delivery' | 'sweep' | 'webhooks'>(
    options.stateChanged,
  );
  const refusals = createRefusals({
    now: clock.elapsed,
    question: 'is PUBLIC_URL right? And TWILIO_AUTH_TOKEN?',
    warn: options.warn,
    problem: (sentence) => problems.set('webhooks', sentence),
  });
  return {
    name: 'sms',
    hasPublicPlace: false,
    reportsDelivery: true,
    messagesPerSecond: settings.messagesPerSecond,
    send: createSender({ client, settings, problem: problems.set }),
    ...createPictures(client, settings, { trusted: trustedMedia, createPublicFetch }),
    status: () => ({ ...problems.status(), ...refusals.facts() }),
    createIngress: (inbox) =>
      createIngress({ ...options, client, inbox, refusals, problem: problems.set }),
  };
}
