/** Waiting, handed in so that tests need not. */
import { type Clock, SECOND_MS } from './clock.ts';
import { timerMs } from './timer-ms.ts';
import { systemTimers, type Timers } from './timers.ts';

export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** By these timers: resolves after `ms`, however long that is, or at once when `signal` aborts. */
export const waitBy =
  (timers: Pick<Timers, 'after'>): Wait =>
  (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      let cancel = (): void => undefined;
      const done = () => {
        cancel();
        signal.removeEventListener('abort', done);
        resolve();
      };
      const waitFor = (left: number): void => {
        const part = timerMs(left);
        cancel = timers.after(part, () => (left > part ? waitFor(left - part) : done()));
      };
      waitFor(ms);
      signal.addEventListener('abort', done);
    });

export const systemWait: Wait = waitBy(systemTimers);

const SLICE_MS = 30 * SECOND_MS;

/**
 * Waits until `clock.elapsed()` tells a time (ms), or until `signal` aborts, calling `between` every
 * half minute.
 */
export async function waitUntil(
  until: number,
  {
    clock,
    wait,
    between,
  }: { readonly clock: Pick<Clock, 'elapsed'>; readonly wait: Wait; between?: () => void },
  signal: AbortSignal,
): Promise<void> {
  for (let left = until - clock.elapsed(); left > 0 && !signal.aborted; ) {
    const ms = Math.min(left, SLICE_MS);
    await wait(ms, signal);
    // More time than that may have gone by: the machine slept, or had too much to do.
    left = Math.min(left - ms, until - clock.elapsed());
    between?.();
  }
}

/** What `answer` gives; rejects where `signal` aborts before, and what comes later is lost. */
export function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    signal.addEventListener('abort', leave);
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    if (signal.aborted) leave();
  });
}
