/** Waiting, handed in so that tests need not. */
import { type Clock, SECOND_MS } from './clock.ts';

export type Wait = (ms: number, signal: AbortSignal) => Promise<void>;

/** Resolves after `ms`, or at once when `signal` aborts. */
export const systemWait: Wait = (ms, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });

const SLICE_MS = 30 * SECOND_MS;

/**
 * Waits until a time (ms) of `clock`, or until `signal` aborts, calling `between` every half minute.
 * A clock that is put forward meanwhile ends it early; one that is put back does not prolong it.
 */
export async function waitUntil(
  until: number,
  { clock, wait, between }: { readonly clock: Clock; readonly wait: Wait; between?: () => void },
  signal: AbortSignal,
): Promise<void> {
  for (let left = until - clock.now(); left > 0 && !signal.aborted; ) {
    const ms = Math.min(left, SLICE_MS, Math.max(0, until - clock.now()));
    if (ms === 0) return;
    await wait(ms, signal);
    left -= ms;
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
