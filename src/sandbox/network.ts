/**
 * A Bluesky network of one's own for the sandbox and the tests: the real PDS and the real PLC
 * directory, on loopback, with an account for the city. They run in a process of their own, so
 * that neither their memory nor their work counts as the bot's.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { OwnNetwork } from './network-facts.ts';

export type { NetworkFacts } from './network-facts.ts';

const PROGRAM = fileURLToPath(new URL('network-process.ts', import.meta.url));
const CLOSE_MS_MAX = 5000;

export type LocalNetwork = OwnNetwork & {
  /** Ends both servers and removes everything they stored. */
  readonly close: () => Promise<void>;
};

/** What the network's process tells: it is up, or why it is not. */
export type NetworkNews = OwnNetwork | { readonly error: string };

/**
 * Starts a new and empty network. Throws a sentence for people when it cannot, above all when
 * the development packages were not installed.
 */
export async function startLocalNetwork(handle = 'berkeley.test'): Promise<LocalNetwork> {
  const folder = await mkdtemp(join(tmpdir(), 'city-sync-network-'));
  const child = fork(PROGRAM, [handle], {
    // Nothing of the bot's own settings: they are not meant for a PDS.
    env: {
      PATH: process.env['PATH'],
      TMPDIR: folder,
      LOG_ENABLED: '0',
      // Its three thousand modules are compiled once, where the bot's own are kept compiled.
      NODE_COMPILE_CACHE: getCompileCacheDir(),
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const close = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await firstNews(child)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function firstNews(child: ChildProcess): Promise<OwnNetwork> {
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  const news = await Promise.race([
    once(child, 'message').then(([message]) => message as NetworkNews),
    once(child, 'exit').then(([code]) => ({ error: `it ended with ${code}. ${complaint}` })),
  ]);
  if ('error' in news) throw new Error(`The local Bluesky network did not start: ${news.error}`);
  return news;
}

/** The process ends by itself when nobody talks to it any more; it is killed if it does not. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill('SIGKILL'), CLOSE_MS_MAX);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(timer);
}
