// The whole network in a process of its own: PLC, PDS, AppView and moderation, over a PostgreSQL
// and a Redis that scripts/test-network.ts has started.
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('full-network-process.ts', import.meta.url));

type Facts = { readonly pds: string; readonly plc: string; readonly appView: string };

export type FullNetworkNews = Facts | { readonly id: number; readonly error?: string };

export type FullNetwork = Facts & {
  /** Resolves once the AppView knows everything that the PDS has. */
  readonly processAll: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function startFullNetwork(): Promise<FullNetwork> {
  const { DB_POSTGRES_URL, REDIS_HOST } = process.env;
  if (!DB_POSTGRES_URL || !REDIS_HOST) {
    throw new Error('DB_POSTGRES_URL and REDIS_HOST are missing: run `npm run test:network`.');
  }
  const folder = await mkdtemp(join(tmpdir(), 'city-sync-full-network-'));
  const schema = `net_${randomBytes(8)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)] ?? '')}`;
  const child = fork(PROGRAM, [schema], {
    env: {
      PATH: process.env['PATH'],
      TMPDIR: folder,
      LOG_ENABLED: '0',
      DB_POSTGRES_URL,
      REDIS_HOST,
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const close = async (): Promise<void> => {
    await kill(child);
    await rm(folder, { recursive: true, force: true });
  };
  const [facts] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => Promise.reject(new Error(`The network ended: ${code}`))),
  ]).catch(async (error: unknown) => {
    await close();
    throw error;
  })) as [Facts];
  let orders = 0;
  return {
    ...facts,
    processAll: async () => {
      orders += 1;
      const id = orders;
      const done = new Promise<void>((resolve, reject) => {
        child.on('message', function hear(news: FullNetworkNews) {
          if (!('id' in news) || news.id !== id) return;
          child.off('message', hear);
          if (news.error === undefined) resolve();
          else reject(new Error(news.error));
        });
      });
      child.send({ id });
      await done;
    },
    close,
  };
}

/** What it holds is thrown away: no need to end it with care. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
