/** How soon and how often a text is answered, on both runtimes. */
import { rmSync } from 'node:fs';
import { isolateMb } from '../../test/support/isolate.ts';
import { freePort, openCityFile, runCity } from '../../test/support/running-city.ts';
import { startTwilio, type TwilioServer } from '../../test/support/twilio-server.ts';
import { textingThrough, textTo } from '../../test/support/worker-city.ts';
import { textersNumber } from '../city.ts';
import { median, percentile } from '../ratios.ts';
import { memoryMb } from './memory.ts';
import { moveIntoWorker, openChannels, PACE, type SeededPast, seedPast } from './past.ts';

export type Replies = {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly perSecond: number;
  readonly barePerSecond: number;
  /** What it holds in the end: the heap of the isolate, or the resident memory of the program on Node. */
  readonly memoryMb: number;
};

const AT_ONCE = 16;
/** The first are slower everywhere. */
const WARM_UP = 64;
const BARE = 1000;

type Text = (from: string, body: string) => Promise<number>;
type Opened = {
  readonly url: () => string;
  readonly twilio: TwilioServer;
  readonly memoryMb: () => Promise<number>;
  readonly close: () => Promise<void>;
};

async function openNode(past: SeededPast): Promise<Opened> {
  const twilio = await startTwilio();
  const environment = {
    ...{ ...textingThrough(twilio), ...PACE, CITY_CONFIG: openCityFile(past.folder) },
    ...{ PORT: String(await freePort()), DATABASE_PATH: past.path },
  };
  const city = await runCity(environment);
  return {
    ...{ url: () => city.url, twilio, memoryMb: async () => memoryMb(city.pid) },
    close: async () => {
      await city.stop();
      await twilio.close();
    },
  };
}

async function openWorker(past: SeededPast): Promise<Opened> {
  const { city } = await moveIntoWorker(past);
  await openChannels(city);
  return { ...city, memoryMb: () => isolateMb(city.inspector()) };
}

/** Resolves for each text with the time of its reply (ms). */
function createReplies(twilio: TwilioServer) {
  const waiting = new Map<string, (at: number) => void>();
  twilio.onCreate(({ to }) => {
    waiting.get(to)?.(performance.now());
    waiting.delete(to);
  });
  return (to: string): Promise<number> => new Promise((resolve) => waiting.set(to, resolve));
}

/** Has so many of them done, so many at once. */
async function atOnce(count: number, each: (at: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) {
      const at = next;
      next += 1;
      await each(at);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function perSecondOf(count: number, work: () => Promise<void>): Promise<number> {
  const from = performance.now();
  await work();
  return (1000 * count) / (performance.now() - from);
}

export async function measureReplies(runtime: 'worker' | 'node', count: number): Promise<Replies> {
  // Each writes once: the same words again are not answered.
  const people = count + WARM_UP;
  const past = seedPast({ people, transfers: people });
  const city = await (runtime === 'worker' ? openWorker(past) : openNode(past));
  try {
    const text: Text = textTo(city.twilio, city.url);
    const replyTo = createReplies(city.twilio);
    const times: number[] = [];
    const ask = async (from: string, body: string): Promise<void> => {
      const replied = replyTo(from);
      const at = performance.now();
      const status = await text(from, body);
      if (status !== 200) throw new Error(`The webhook answered ${status}.`);
      times.push((await replied) - at);
    };
    await atOnce(WARM_UP, (at) => ask(textersNumber(count + at), 'BALANCE'));
    times.length = 0;
    const perSecond = await perSecondOf(count, () =>
      atOnce(count, (at) => ask(textersNumber(at), 'BALANCE')),
    );
    const barePerSecond = await perSecondOf(BARE, () =>
      atOnce(BARE, async () => void (await (await fetch(`${city.url()}/nothing`)).arrayBuffer())),
    );
    return {
      ...{ p50Ms: median(times), p99Ms: percentile(times, 0.99), perSecond, barePerSecond },
      memoryMb: await city.memoryMb(),
    };
  } finally {
    await city.close();
    rmSync(past.folder, { recursive: true, force: true });
  }
}
