/**
 * A city on Telegram that is measured, in a process of its own: the real core, desk and channel,
 * reached through its webhook. Told by its parent how many people there are and how many messages a
 * second it may send.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { commands } from '../commands/index.ts';
import { createTelegramChannel } from '../src/channels/telegram/channel.ts';
import { TELEGRAM_WEBHOOK_PATH } from '../src/channels/telegram/webhook.ts';
import { createBase } from '../src/city/base.ts';
import { capabilitiesOf } from '../src/city/capabilities.ts';
import { createCore } from '../src/city/core.ts';
import { telegramTexts } from '../src/city/telegram-texts.ts';
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
import { BENCH_BOT, BENCH_CITY } from './city.ts';

export type TelegramBenchNews =
  | { readonly port: number }
  /** Every message that came in is answered, and the answers are on disk. */
  | { readonly processed: number }
  | { readonly peakBytes: number };
export type TelegramBenchOrder = 'settle' | 'announce' | 'end';

const [apiRoot = '', people = '64', perSecond = '30'] = process.argv.slice(2);
const tell = (news: TelegramBenchNews) => process.send?.(news);
const failed = (error: unknown) => process.stderr.write(`${String(error)}\n`);

const folder = mkdtempSync(join(tmpdir(), 'city-sync-bench-'));
const { store, close } = openStore(join(folder, 'city.db'));
const city = readCity(JSON.stringify(BENCH_CITY), 'the benchmark');
let processed = 0;
const base = createBase({
  ...{ city, clock: systemClock, random: systemRandom, store },
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
const channel = createTelegramChannel({
  ...capabilitiesOf(base, 'telegram'),
  settings: {
    token: BENCH_BOT.token,
    apiRoot,
    publicUrl: 'https://city.example',
    webhookSecret: BENCH_BOT.secret,
  },
  clock: systemClock,
  texts: telegramTexts(city, commands),
});
const core = createCore({
  base,
  channels: [{ ...channel, messagesPerSecond: Number(perSecond) }],
  jobs: () => [],
  publisher: { wake: () => {} },
});

const identityAt = (context: Context, at: number): number =>
  findOrAddIdentity(
    context,
    { channel: 'telegram', address: String(BENCH_BOT.firstResident + at) },
    () => 'en',
  );

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

const receive = ingress.webhooks?.[TELEGRAM_WEBHOOK_PATH];
if (receive === undefined) throw new Error('There is no webhook.');
const app = new Hono().post(TELEGRAM_WEBHOOK_PATH, (c) => receive(c.req.raw));
const server = serve({ fetch: app.fetch, port: 0 }, ({ port }: AddressInfo) => tell({ port }));

/** An announcement to everybody, as a broadcast puts it in the outbox. */
const announce = (): Promise<void> =>
  store.commit((tx) => {
    const context = contextOf(core.foundation, tx);
    const choices = [{ label: 'Join', send: 'JOIN 1' }];
    const body = { text: 'Creek clean-up\nSaturday', choices, pictures: [] };
    for (let at = 0; at < Number(people); at += 1) {
      tx.outbox.add({
        channel: 'telegram',
        identityId: identityAt(context, at),
        kind: 'broadcast',
        bulk: 1,
        body,
        notBefore: context.now,
        createdAt: context.now,
      });
    }
  });

const obey = async (order: TelegramBenchOrder): Promise<void> => {
  if (order === 'settle') {
    while (store.read.inbox.waiting(0, 1).length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    tell({ processed });
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
process.on('message', (order: TelegramBenchOrder) => {
  obey(order).catch(failed);
});
