/** Work that is done in rounds, again and again, however often a round fails. */
import { MINUTE_MS, SECOND_MS } from './clock.ts';
import type { Wait } from './wait.ts';

const FIRST_PAUSE_MS = SECOND_MS;

/** The pause (ms) after so many failures one after the other: it doubles from one second on. */
export const pauseAfter = (failures: number, msMax = MINUTE_MS): number =>
  Math.min(msMax, FIRST_PAUSE_MS * 2 ** (failures - 1));

/** Does one round after the other until one of them is the last, or `signal` aborts. */
export async function repeat(options: {
  /** Does one round; true when it was the last. */
  readonly round: () => Promise<boolean>;
  /** The pause (ms) after a round that did not fail. */
  readonly everyMs: number;
  /** Hears why a round failed; undefined for one that did not. */
  readonly ended: (error: unknown) => void;
  /** The least pause (ms) after an error; the longest is a minute otherwise. */
  readonly leastPauseMs?: (error: unknown) => number;
  readonly pauseMsMax?: number;
  readonly wait: Wait;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { signal, leastPauseMs = () => 0 } = options;
  let failures = 0;
  while (!signal.aborted) {
    let pauseMs = options.everyMs;
    try {
      const isLast = await options.round();
      options.ended(undefined);
      if (isLast) return;
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      options.ended(error);
      failures += 1;
      pauseMs = Math.max(pauseAfter(failures, options.pauseMsMax), leastPauseMs(error));
    }
    if (pauseMs > 0) await options.wait(pauseMs, signal);
  }
}

/** Tells when it is time for what is done now and then, at most once in `everyMs` of `elapsed`. */
export function createDue(everyMs: number, elapsed: () => number) {
  let doneAt: number | undefined;
  return {
    isDue: (): boolean => doneAt === undefined || elapsed() - doneAt >= everyMs,
    /** It counts from when it began: what came meanwhile may not be in it. */
    done: (beganAt: number): void => {
      doneAt = beganAt;
    },
  };
}
