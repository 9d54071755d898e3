// The sandbox in local workerd, as people open it: `npm run dev:worker`.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OF_PROGRAMS } from './programs.ts';
import { freePort } from './running-city.ts';

const OPEN = /^Open (http:\S+)\/sandbox in a browser/m;

type Process = { readonly pid: number; readonly parent: number; readonly isAlive: boolean };

/** What has ended, and was not yet waited for, is not alive. */
const processes = (): readonly Process[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .map(([pid, parent, state]) => ({
      ...{ pid: Number(pid), parent: Number(parent), isAlive: !state?.startsWith('Z') },
    }));

/** Those that a process has started, and those that these have started. */
function startedBy(pid: number, all = processes()): readonly number[] {
  const own = all.filter(({ parent }) => parent === pid).map((child) => child.pid);
  return [...own, ...own.flatMap((child) => startedBy(child, all))];
}

/** Starts it at a port; `said` is all that it has said when it has ended, or is open. */
function start(port: number) {
  const folder = mkdtempSync(join(tmpdir(), 'city-sync-test-'));
  const child = spawn('npm', ['run', 'dev:worker'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A terminal sends its signals to a whole group.
    detached: true,
    env: { ...OF_PROGRAMS, HOME: folder, TMPDIR: folder, PORT: String(port) },
  });
  let said = '';
  const url = Promise.withResolvers<string>();
  url.promise.catch(() => undefined);
  const hear = (text: unknown): void => {
    said += String(text);
    const [, found] = OPEN.exec(said) ?? [];
    if (found !== undefined) url.resolve(found);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = once(child, 'close').then(([code]) => {
    url.reject(new Error(said));
    return code as number | null;
  });
  return { child, folder, url: url.promise, ended, said: () => said };
}

/** Opens it at a free port. */
export async function openDevWorker() {
  const { child, folder, url, ended, said } = start(await freePort());
  const pid = child.pid ?? 0;
  try {
    const at = await url;
    const started = startedBy(pid);
    return {
      ...{ url: at, said, started, ended },
      /** Those of its processes that are still there. */
      left: () => processes().filter((one) => started.includes(one.pid) && one.isAlive),
      /** What it has left in the folder for temporary files. */
      files: () => readdirSync(folder).filter((name) => name.startsWith('city-sync-')),
      /** As Ctrl+C does. */
      interrupt: () => process.kill(-pid, 'SIGINT'),
      remove: () => {
        for (const one of [-pid, ...started]) endNow(one);
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Tries to open it at a port where it cannot; its exit code and what it said. */
export async function failToOpen(port: number) {
  const { folder, ended, said } = start(port);
  const code = await ended;
  rmSync(folder, { recursive: true, force: true });
  return { code, said: said() };
}

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

export type DevWorker = Awaited<ReturnType<typeof openDevWorker>>;
