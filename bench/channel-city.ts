/**
 * A city that is measured, in a process of its own: the real core and one channel, reached through its
 * webhook. Told by its parent where the provider's API is, how many people there are and how many
 * messages a second it may send.
 */
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import type { TwoWayChannel } from '../src/channels/channel.ts';
import type { Base } from '../src/city/base.ts';
import { capabilitiesOf } from '../src/city/capabilities.ts';
import type { Reply } from '../src/conversation/message.ts';
import { systemClock } from '../src/lib/clock.ts';
import { systemRandom } from '../src/lib/random.ts';
import type { Context } from '../src/services/context.ts';
import { webhookRoutes } from '../src/web/webhooks.ts';
import { newPerson } from '../test/support/city.ts';
import { testCity } from '../test/support/test-city.ts';
import { type ChannelCityNews, type ChannelCityOrder, monotonicMs, SENT_AT } from './channel.ts';
import { BENCH_CITY } from './city.ts';

const [apiUrl = '', people = '64', perSecond = '1'] = process.argv.slice(2);
const tell = (news: ChannelCityNews) => process.send?.(news);
const failed = (error: unknown) => process.stderr.write(`${String(error)}\n`);

export async function runChannelCity(measured: {
  readonly channel: 'sms' | 'telegram';
  readonly open: (
    shared: ReturnType<typeof capabilitiesOf> & Pick<Base['foundation'], 'clock'>,
    provider: { readonly apiUrl: string; readonly perSecond: number },
  ) => TwoWayChannel;
  /** The address of the one who writes at `at`, from 0. */
  readonly address: (at: number) => string;
  readonly announcement: Reply;
}): Promise<void> {
  const { channel } = measured;
  let processed = 0;
  const latencies = createLatencies();
  const city = testCity({
    ...{ city: BENCH_CITY, clock: systemClock, random: systemRandom, failed },
    channels: (base) => {
      const shared = { ...capabilitiesOf(base, channel), clock: systemClock };
      return [measured.open(shared, { apiUrl, perSecond: Number(perSecond) })];
    },
    observe: (step, { count }) => {
      if (step !== 'messages.processed') return;
      processed += count;
      latencies.answered(count);
    },
  });
  const { core, store } = city;
  const identities = city.run((context) =>
    Array.from(
      { length: Number(people) },
      (_, at) => newPerson(context, measured.address(at), channel).identityId,
    ),
  );
  await city.start();
  const app = webhookRoutes(city.ingresses);
  const fetch = (request: Request) => {
    latencies.came(request.headers.get(SENT_AT));
    return app.fetch(request);
  };
  const server = serve({ fetch, port: 0 }, ({ port }: AddressInfo) => tell({ port }));

  /** Puts an announcement to everybody in the outbox, as a broadcast does. */
  const announce = ({ tx, now }: Pick<Context, 'tx' | 'now'>): void => {
    for (const identityId of identities) {
      tx.outbox.add({
        ...{ channel, identityId, kind: 'broadcast', bulk: 1, body: measured.announcement },
        ...{ notBefore: now, createdAt: now },
      });
    }
  };

  const obey = async (order: ChannelCityOrder): Promise<void> => {
    if (order === 'settle') {
      while (store.read.inbox.waiting(0, 1).length > 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      tell({ processed });
    } else if (order === 'latencies') {
      tell({ latenciesMs: latencies.taken() });
    } else if (order === 'memory') {
      globalThis.gc?.();
      tell({ heldBytes: process.memoryUsage.rss() });
    } else if (order === 'announce') {
      await store.commit((tx) => announce({ tx, now: systemClock.now() }));
      // Takes up what is due.
      await core.start();
    } else {
      tell({ peakBytes: process.resourceUsage().maxRSS * 1024 });
      server.close();
      process.disconnect();
      await city.stop();
      process.exit(0);
    }
  };
  process.on('message', (order: ChannelCityOrder) => {
    obey(order).catch(failed);
  });
}

/**
 * How long messages took from being sent until their replies were committed, for those that say when
 * they were sent. They are answered in the order in which they came, or in the same commit.
 */
function createLatencies() {
  const waiting: number[] = [];
  let latenciesMs: number[] = [];
  return {
    came: (sentAt: string | null): void => {
      if (sentAt !== null) waiting.push(Number(sentAt));
    },
    answered: (count: number): void => {
      const now = monotonicMs();
      for (const sentAt of waiting.splice(0, count)) latenciesMs.push(now - sentAt);
    },
    /** Those since the last time. */
    taken: (): readonly number[] => {
      const taken = latenciesMs;
      latenciesMs = [];
      return taken;
    },
  };
}
