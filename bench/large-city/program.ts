/** The program of a real city, as an operator starts it, in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const RUNS = /runs on port (\d+)/;

export type RunningProgram = {
  readonly url: string;
  /** From the start of the process until it listens. */
  readonly startMs: number;
  /** The time of a processor that it took so far (ms), which says more than a clock on a busy machine. */
  readonly processorMs: () => number;
  /** Ends it at once. */
  readonly kill: () => Promise<void>;
  /** Lets it finish what is under way. */
  readonly stop: () => Promise<void>;
};

/** Starts it with this environment and nothing else. Throws where it ends instead. */
export async function startProgram(
  environment: Readonly<Record<string, string>>,
): Promise<RunningProgram> {
  const startedAt = performance.now();
  const child = fork(PROGRAM, [], {
    env: { PATH: process.env['PATH'], ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const port = await portOf(child);
  const startMs = performance.now() - startedAt;
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    startMs,
    processorMs: () => processorMsOf(child.pid),
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}

/** Linux counts in hundredths of a second; NaN on other systems. */
function processorMsOf(pid: number | undefined): number {
  try {
    const [, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ');
    const [user, system] = fields.join(') ').split(' ').slice(11, 13);
    return 10 * (Number(user) + Number(system));
  } catch {
    return Number.NaN;
  }
}

/** What it says later is read, too, and thrown away. */
function portOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The city ended with ${code}.`)));
    if (child.stdout === null) throw new Error('The city has no output.');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = RUNS.exec(line)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
  });
}
