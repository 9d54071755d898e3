// A real city in a process of its own, as `npm start` runs it with credentials in its environment.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { OF_PROGRAMS } from './programs.ts';

export type RunningProcess = {
  readonly url: string;
  readonly pid: number;
  /** Everything that it said so far. */
  readonly output: () => string;
  /** The invitation that it printed for the first admin. */
  readonly invitation: () => string | undefined;
  readonly health: () => Promise<Record<string, unknown>>;
  /** Resolves with its exit code once it has ended, by itself or not. */
  readonly ended: Promise<number | null>;
  /** Resolves with its exit code. */
  readonly stop: (signal?: 'SIGTERM' | 'SIGKILL') => Promise<number | null>;
};

/** A port that is free just now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Writes, into this folder, the city of this repository as one that may call on people at any hour, so
 * that no test depends on the time of day. Returns the file's path.
 */
export function openCityFile(at: string): string {
  const city = JSON.parse(readFileSync('city.json', 'utf8'));
  const path = join(at, 'city.json');
  writeFileSync(path, JSON.stringify({ ...city, contactHours: { from: 0, to: 24 } }));
  return path;
}

/**
 * `environment` is all that it gets of one. `program` and the folder where it runs are those of this
 * repository's sources where they are left out. Rejects with what it said when it does not start.
 */
export async function runCity(
  environment: Readonly<Record<string, string>>,
  { program = 'src/main.ts', cwd = '.' } = {},
): Promise<RunningProcess> {
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', './scripts/node-version.js', program],
    {
      cwd,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...OF_PROGRAMS, LOG_LEVEL: 'warn', ...environment },
    },
  );
  let output = '';
  const closed = once(child, 'close');
  await new Promise<void>((resolve, reject) => {
    const hear = (text: unknown): void => {
      output += String(text);
      if (/runs on port/.test(output)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    closed.then(() => reject(new Error(output)));
  });
  const url = `http://127.0.0.1:${environment['PORT']}`;
  return {
    url,
    pid: child.pid ?? 0,
    ended: closed.then(([code]) => code as number | null),
    output: () => output,
    invitation: () => /^ACCEPT (\S+)$/m.exec(output)?.[1],
    health: async () => (await (await fetch(`${url}/healthz`)).json()) as Record<string, unknown>,
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      const [code] = (await closed) as [number | null];
      return code;
    },
  };
}
