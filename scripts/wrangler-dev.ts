// Starts `wrangler dev`, waits until its worker answers, and ends it with all that it has started.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './bundle.js';

const PROGRAM = join(ROOT, 'node_modules/wrangler/bin/wrangler.js');
const BETWEEN_LOOKS_MS = 100;
/** How long it has to put its work away; then it is killed. */
const END_MS_MAX = 5000;

export type WranglerDev = {
  /** Resolves when a path of the worker answers with success. Rejects with the reason when it cannot. */
  readonly answers: (path: string) => Promise<void>;
  /** Resolves with what it said last, when it has ended. */
  readonly ended: Promise<string>;
  readonly end: () => Promise<void>;
};

/**
 * Whatever it writes for itself goes into `folder`. What it says is kept until the worker has answered,
 * and goes to `hear` from then on. Throws a sentence where it is not installed.
 */
export function startWranglerDev(options: {
  readonly args: readonly string[];
  readonly port: number;
  readonly folder: string;
  readonly hear: (text: string) => void;
}): WranglerDev {
  const { args, port, folder, hear } = options;
  if (!existsSync(PROGRAM)) {
    throw new Error(
      'wrangler is missing. It comes with the development packages: run `npm ci` without `--omit=dev`.',
    );
  }
  const child = spawn(process.execPath, [PROGRAM, 'dev', ...args, '--port', String(port)], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its group is ended as one: workerd is a process of its own.
    detached: true,
    env: environmentIn(folder),
  });
  const killed = () => signal(child, 'SIGKILL');
  // Before anything else: it writes into its folder as long as it lives.
  process.prependOnceListener('exit', killed);
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);
  let said = '';
  let isAnswering = false;
  const listen = (text: string): void => {
    if (isAnswering) hear(text);
    else said += text;
    // It would go on, and wait for a change of the sources.
    if (said.includes('Build failed')) failed.reject(new Error(said));
  };
  child.stdout.setEncoding('utf8').on('data', listen);
  child.stderr.setEncoding('utf8').on('data', listen);
  const ended = once(child, 'close').then(() => {
    process.off('exit', killed);
    failed.reject(new Error(`wrangler has ended. ${said}`));
    return said;
  });
  return {
    answers: async (path) => {
      await Promise.race([untilAnswered(`http://localhost:${port}${path}`), failed.promise]);
      isAnswering = true;
      said = '';
    },
    ended,
    end: async () => {
      const timer = setTimeout(killed, END_MS_MAX);
      signal(child, 'SIGINT');
      await ended;
      clearTimeout(timer);
    },
  };
}

/** Nothing of the shell's own settings: they are not meant for the worker. */
const environmentIn = (folder: string) => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  ...{ TMPDIR: folder, XDG_CONFIG_HOME: folder },
  ...{ WRANGLER_SEND_METRICS: 'false', WRANGLER_SEND_ERROR_REPORTS: 'false' },
});

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, name);
  } catch {
    // All of them have ended.
  }
}

async function untilAnswered(url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok) return;
    if (answer?.status === 503) throw new Error(((await answer.json()) as Refusal).problem);
    await pause(BETWEEN_LOOKS_MS);
  }
}

type Refusal = { readonly problem: string };
