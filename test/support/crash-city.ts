// A city whose process dies and is started again, as often as it takes. Here are its provider of
// messages, which hands each over until it is taken, and its PDS: both outlive it.

import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import type { ChannelName } from '../../src/conversation/message.ts';
import type { City } from '../../src/domain/city.ts';
import { startLocalNetwork } from '../../src/sandbox/network.ts';
import { bundle } from './bundle.ts';
import type { Handover, Kill, News, Order, Setting } from './crash-child.ts';
import { startProvider } from './provider.ts';

const PROGRAM = fileURLToPath(new URL('crash-child.ts', import.meta.url));

type Said = {
  readonly from: string;
  readonly text: string;
  readonly picture?: Uint8Array;
  /** SMS where it is left out. */
  readonly channel?: ChannelName;
};

/** One process of the city, from its start to its death. */
export type Life = {
  /** Ends it at once. */
  readonly kill: () => void;
  /** Tells it at which step to end itself. */
  readonly killAt: (kill: Kill) => void;
};

export async function openCrashCity(city: City) {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-crash-'));
  const [network, provider, program] = await Promise.all([
    startLocalNetwork(),
    startProvider(),
    bundle(PROGRAM, folder),
  ]);
  const { close: closeNetwork, ...facts } = network;
  const setting: Omit<Setting, 'isNew'> = {
    city,
    folder,
    key: randomBytes(32),
    network: facts,
    provider: provider.url,
  };
  const errors: string[] = [];
  /** What was handed over and not taken yet, in order. */
  const journal = new Map<string, { readonly message: Handover; readonly taken: () => void }>();
  const settled = new Map<number, () => void>();
  /** What is still to die of. */
  let kills: Kill[] = [];
  let life: Life | undefined;
  let begins = (_: Life): void => undefined;
  let deaths = 0;
  let startMs = 0;
  let messages = 0;
  let requests = 0;
  let isNew = true;
  let isClosing = false;

  /** A process with everything loaded, which waits for its start: loading takes its time. */
  const load = (): { child: ChildProcess; loaded: Promise<unknown> } => {
    const child = fork(program, [], {
      env: {
        PATH: process.env['PATH'],
        TMPDIR: folder,
        NODE_COMPILE_CACHE: join(folder, 'compiled'),
      },
      execArgv: [],
      serialization: 'advanced',
    });
    return { child, loaded: once(child, 'message') };
  };
  let next = load();
  let current = next.child;
  const order = (one: Order): void => {
    if (current.connected) current.send(one, () => undefined);
  };

  const hear = (news: News): void => {
    if (news.news === 'failed') errors.push(news.error);
    if (news.news === 'settled') settled.get(news.request)?.();
    if (news.news === 'taken') {
      journal.get(news.id)?.taken();
      journal.delete(news.id);
    }
  };

  /** Starts the process that waits, hands over what was not taken, and loads another. */
  const start = async (): Promise<void> => {
    const { child, loaded } = next;
    await loaded;
    current = child;
    const began = performance.now();
    const started = new Promise<void>((resolve) => {
      child.on('message', (news: News) => {
        if (news.news === 'started') {
          startMs = performance.now() - began;
          resolve();
        }
        hear(news);
      });
    });
    const died = once(child, 'exit');
    died
      .then(([code, signal]) => {
        if (isClosing) return undefined;
        if (signal !== 'SIGKILL') errors.push(`It ended by itself: ${code} ${signal}`);
        deaths += 1;
        return start();
      })
      .catch((error: unknown) => errors.push(String(error)));
    order({ order: 'start', setting: { ...setting, isNew }, kill: kills.shift() });
    isNew = false;
    life = {
      kill: () => child.kill('SIGKILL'),
      killAt: (kill) => {
        if (child.connected) child.send({ order: 'kill', kill } satisfies Order, () => undefined);
      },
    };
    begins(life);
    next = load();
    await Promise.race([started, died]);
    for (const { message } of journal.values()) order({ order: 'take', message });
    for (const request of settled.keys()) order({ order: 'settle', request });
  };
  await start();

  const settle = (): Promise<void> => {
    requests += 1;
    const request = requests;
    return new Promise((resolve) => {
      settled.set(request, () => {
        settled.delete(request);
        resolve();
      });
      order({ order: 'settle', request });
    });
  };

  const handOver = (message: Handover): Promise<void> => {
    const taken = new Promise<void>((resolve) =>
      journal.set(message.id, { message, taken: resolve }),
    );
    order({ order: 'take', message });
    return taken;
  };
  const take = ({ from, text, picture, channel = 'sms' }: Said) => {
    messages += 1;
    const pictures = picture === undefined ? [] : [picture];
    const message = { id: `message-${messages}`, ...{ channel, from, text, pictures } };
    return { message, taken: handOver(message) };
  };

  return {
    network: facts,
    provider,
    errors,
    deaths: () => deaths,
    /** How long the last life that began whole took for that (ms). */
    startMs: () => startMs,
    /**
     * Hands a message over and waits until nothing is left to do, through all the deaths that are
     * planned for it, one after the other. Throws when it did not die of each. The message's id.
     */
    say: async (said: Said, deadly: readonly Kill[] = []): Promise<string> => {
      const before = deaths;
      const [first, ...others] = deadly;
      kills = [...others];
      order({ order: 'kill', kill: first });
      const { message, taken } = take(said);
      await taken;
      await settle();
      if (deaths - before !== deadly.length) {
        kills = [];
        order({ order: 'kill', kill: undefined });
        throw new Error(`It died ${deaths - before} times of ${JSON.stringify(deadly)}.`);
      }
      return message.id;
    },
    /** Hands a message over, until it is taken, however often the process dies meanwhile. */
    take,
    /** Hands a message over once more, as providers do who heard no answer. */
    takeAgain: handOver,
    /** Resolves when nothing is left to do, through any number of deaths. */
    settle,
    /** Is told of the process that runs, and of each that follows when it begins. */
    onLife: (listener: (life: Life) => void) => {
      begins = listener;
      if (life !== undefined) listener(life);
    },
    /** What is in the database, read beside the process. */
    rows: <Row>(query: string): Row[] => {
      const database = new Sqlite(join(folder, 'city.db'), { readonly: true });
      try {
        return database.prepare(query).all() as Row[];
      } finally {
        database.close();
      }
    },
    spooled: (): readonly string[] => readdirSync(join(folder, 'pictures')),
    close: async (): Promise<void> => {
      isClosing = true;
      await next.loaded;
      for (const child of [current, next.child]) {
        if (child.signalCode !== null) continue;
        const ended = once(child, 'exit');
        if (child.connected) child.disconnect();
        await ended;
      }
      await provider.close();
      await closeNetwork();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type CrashCity = Awaited<ReturnType<typeof openCrashCity>>;
