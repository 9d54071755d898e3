// The Bluesky channel at work on a local network, with a desk in memory that outlives it.

import { createSession } from '../../src/account/session.ts';
import { createBlueskyChannel } from '../../src/channels/bluesky/channel.ts';
import type { BlueskyNetwork } from './bluesky-network.ts';
import { clockOf } from './clock.ts';
import type { FaultyProxy } from './faulty-proxy.ts';
import { memoryChannelDesk, withIngress } from './telegram-desk.ts';

export function blueskyCity(
  network: BlueskyNetwork,
  options: {
    readonly password?: string;
    /** What stands between the channel and the server. */
    readonly through?: Pick<FaultyProxy, 'fetch'>;
  } = {},
) {
  let aheadMs = 0;
  let kept: string | undefined;
  const clock = clockOf(() => Date.now() + aheadMs);
  const memory = memoryChannelDesk(clock.now);
  const password = options.password ?? network.password;

  return {
    ...memory,
    clock,
    /** The time goes on, as for work that is done now and then. */
    pass: (ms: number) => {
      aheadMs += ms;
    },
    keptSession: () => kept,
    /** A channel as one run of the program has it. */
    open: () => {
      const service = network.pds;
      const session = createSession({
        service,
        identifier: network.handle,
        password,
        keeper: {
          load: () => kept,
          save: (now) => {
            kept = now;
          },
        },
        clock,
        // Longer than an answer takes on a busy machine, and not longer: some never come.
        timeoutMs: 5000,
        ...(options.through === undefined ? {} : { fetch: options.through.fetch }),
      });
      const channel = createBlueskyChannel({
        ...memory.capabilities,
        settings: {
          service,
          identifier: network.handle,
          password,
          chatDid: network.chat.did,
          pollSeconds: 0.02,
          plcUrl: network.plc,
          publicUrl: 'https://city.example',
          operator: 'City of Berkeley',
          contact: 'hello@city.example',
        },
        session,
        clock,
        createPublicFetch: () => fetch,
        // Pauses of a minute are a moment here.
        wait: (ms, signal) =>
          new Promise((resolve) => {
            const timer = setTimeout(resolve, Math.min(ms, 30));
            signal.addEventListener('abort', () => {
              clearTimeout(timer);
              resolve();
            });
          }),
      });
      return withIngress(channel, memory.inbox);
    },
  };
}
