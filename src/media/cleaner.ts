/**
 * Opens strangers' pictures in processes of their own, which can be ended: none takes more than two
 * seconds of a processor or 200 MB. A process is kept while there are pictures, and a minute longer.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import { type Result, refuse } from '../lib/result.ts';
import type { CleanBytes, CleanPicture, PictureRefusal } from './clean-picture.ts';

type Cleaned = Result<CleanPicture, PictureRefusal>;

/** What the process says of the picture that it was given. */
export type CleanerAnswer = {
  readonly result: Cleaned;
  /** It is to be given no other. */
  readonly isWornOut: boolean;
};

const PROGRAM = fileURLToPath(new URL('cleaner-process.ts', import.meta.url));
const PROCESSES_MAX = 2;
/** Of a processor, for one picture: five times what an ordinary photo takes. */
const TIME_MS_MAX = 2 * SECOND_MS;
const IDLE_MS = MINUTE_MS;
/** The process ends itself long before; this is for one that cannot any more. */
const ANSWER_MS_MAX = 30 * SECOND_MS;
/** The system may end a process for want of memory that others took: the picture gets another. */
const TRIES_MAX = 2;

/**
 * Looks at pictures as `cleanPicture` does, two at once and the others in order of arrival. What
 * takes too long or too much memory is refused as `picture-too-heavy`, and what ends the process
 * twice as `picture-broken`. Rejects when no process can be started.
 */
export function createCleaner(
  options: { readonly program?: string; readonly idleMs?: number; readonly timeMs?: number } = {},
): CleanBytes {
  const { program = PROGRAM, idleMs = IDLE_MS, timeMs = TIME_MS_MAX } = options;
  const idle = new Map<ChildProcess, NodeJS.Timeout>();
  const waiting: (() => void)[] = [];
  let busy = 0;

  const take = (): ChildProcess => {
    const [first] = idle;
    if (first === undefined) return start(program, timeMs);
    const [child, timer] = first;
    clearTimeout(timer);
    idle.delete(child);
    return child;
  };
  const keep = (child: ChildProcess): void => {
    const timer = setTimeout(() => {
      idle.delete(child);
      child.kill('SIGKILL');
    }, idleMs);
    idle.set(child, timer.unref());
  };
  const cleanOnce = async (bytes: Uint8Array): Promise<Cleaned | undefined> => {
    const child = take();
    const answer = await answerOf(child, bytes);
    if (answer === undefined || answer.isWornOut) child.kill('SIGKILL');
    else keep(child);
    return answer?.result;
  };

  return async (bytes) => {
    if (busy < PROCESSES_MAX) busy += 1;
    else await new Promise<void>((enter) => waiting.push(enter));
    try {
      for (let tries = 0; tries < TRIES_MAX; tries += 1) {
        const result = await cleanOnce(bytes);
        if (result !== undefined) return result;
      }
      return refuse('picture-broken');
    } finally {
      // Whoever waits takes the place over.
      const next = waiting.shift();
      if (next === undefined) busy -= 1;
      else next();
    }
  };
}

/** Starts a process that keeps no program running; it ends when nobody can talk to it any more. */
function start(program: string, timeMs: number): ChildProcess {
  const child = fork(program, [String(timeMs)], {
    // None of the city's secrets. What is freed goes back to the system, where libc is glibc.
    env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' },
    execArgv: ['--expose-gc'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  child.unref();
  child.channel?.unref();
  return child;
}

/** Undefined when the process ends, or has to be ended, without an answer. */
function answerOf(child: ChildProcess, bytes: Uint8Array): Promise<CleanerAnswer | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<CleanerAnswer | undefined>();
  const ended = () => resolve(undefined);
  const timer = setTimeout(ended, ANSWER_MS_MAX);
  child.once('message', resolve).once('exit', ended).once('error', reject);
  // One that has ended meanwhile says so itself.
  child.send(bytes, () => undefined);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', resolve).off('exit', ended).off('error', reject);
  });
}
