/**
 * A city by SMS that is measured, in a process of its own: the real core, desk and channel, reached
 * through its webhook. Told by its parent where Twilio's API is, how many people there are and how
 * many texts a second it may send.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { createSmsChannel } from '../src/channels/sms/channel.ts';
import { createBase } from '../src/city/base.ts';
import { capabilitiesOf } from '../src/city/capabilities.ts';
import { createCore } from '../src/city/core.ts';
import { readCity } from '../src/config/config.ts';
import { systemClock } from '../src/lib/clock.ts';
import { createKeys } from '../src/lib/crypto.ts';
import { systemRandom } from '../src/lib/random.ts';
import { refuse } from '../src/lib/result.ts';
import { createSpool } from '../src/media/spool.ts';
import { type Context, contextOf } from '../src/services/context.ts';
import { agreeToMessages } from '../src/services/people/agree.ts';
import { findOrAddIdentity } from '../src/services/people/find-identity.ts';
import { openStore } from '../src/store/open-node.ts';
import { webhookRoutes } from '../src/web/webhooks.ts';
import { BENCH_CITY, BENCH_PHONE, textersNumber } from './city.ts';

export type SmsBenchNews =
  | { readonly port: number }
  /** Every text that came in is answered, and the answers are on disk. */
  | { readonly processed: number }
  /** What is held in memory now, after a collection. */
  | { readonly heldBytes: number }
  | { readonly peakBytes: number };
export type SmsBenchOrder = 'settle' | 'memory' | 'announce' | 'end';

const [apiBaseUrl = '', people = '64', perSecond = '1'] = process.argv.slice(2);
const tell = (news: SmsBenchNews) => process.send?.(news);
const failed = (error: unknown) => process.stderr.write(`${String(error)}\n`);

const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
const { store, close } = openStore(join(folder, 'city.db'));
let processed = 0;
const base = createBase({
  ...{ clock: systemClock, random: systemRandom, store },
  city: readCity(JSON.stringify(BENCH_CITY), 'the benchmark'),
  did: 'did:plc:benchville234567abcdefgh',
  keys: createKeys(systemRandom.bytes(32), systemRandom),
  spool: createSpool(join(folder, 'pictures')),
  checkPicture: async () => refuse('picture-broken'),
  observer: {
    observe: (step, { count }) => {
      if (step === 'messages.processed') processed += count;
    },
    failed,
  },
});
const channel = createSmsChannel({
  ...capabilitiesOf(base, 'sms'),
  settings: {
    accountSid: BENCH_PHONE.accountSid,
    authToken: BENCH_PHONE.authToken,
    from: BENCH_PHONE.number,
    messagingServiceSid: undefined,
    apiBaseUrl,
    messagesPerSecond: Number(perSecond),
    publicUrl: BENCH_PHONE.publicUrl,
  },
  clock: systemClock,
});
const core = createCore({
  base,
  channels: [channel],
  jobs: () => [],
  publisher: { wake: () => {} },
});

const identityAt = (context: Context, at: number): number =>
  findOrAddIdentity(context, { channel: 'sms', address: textersNumber(at) }, () => 'en');

store.transact((tx) => {
  const context = contextOf(core.foundation, tx);
  for (let at = 0; at < Number(people); at += 1) {
    const identityId = identityAt(context, at);
    const personId = tx.identities.get(identityId)?.personId ?? 0;
    agreeToMessages(context, { identityId, personId }, 'benchmark');
  }
});
await core.start();
const ingress = channel.createIngress(core.inbox);
await ingress.start();
const app = webhookRoutes([ingress]);
const server = serve({ fetch: app.fetch, port: 0 }, ({ port }: AddressInfo) => tell({ port }));

/** An announcement to everybody, as a broadcast puts it in the outbox. */
const announce = (): Promise<void> =>
  store.commit((tx) => {
    const context = contextOf(core.foundation, tx);
    const body = { text: BENCH_PHONE.announcement, choices: [], pictures: [] };
    for (let at = 0; at < Number(people); at += 1) {
      tx.outbox.add({
        channel: 'sms',
        identityId: identityAt(context, at),
        kind: 'broadcast',
        bulk: 1,
        body,
        notBefore: context.now,
        createdAt: context.now,
      });
    }
  });

const obey = async (order: SmsBenchOrder): Promise<void> => {
  if (order === 'settle') {
    while (store.read.inbox.waiting(0, 1).length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    tell({ processed });
  } else if (order === 'memory') {
    globalThis.gc?.();
    tell({ heldBytes: process.memoryUsage.rss() });
  } else if (order === 'announce') {
    await announce();
    // Takes up what is due.
    await core.start();
  } else {
    tell({ peakBytes: process.resourceUsage().maxRSS * 1024 });
    server.close();
    process.disconnect();
    await ingress.stop();
    await core.stop();
    close();
    rmSync(folder, { recursive: true, force: true });
    process.exit(0);
  }
};
process.on('message', (order: SmsBenchOrder) => {
  obey(order).catch(failed);
});
