/** Work that is done again and again, however often it fails, until the channel stops. */
import { type Clock, SECOND_MS } from '../../../lib/clock.ts';
import type { Wait } from '../../../lib/wait.ts';
import { limitedMs } from '../errors.ts';

/** Waits for an answer, but not longer than the channel runs: what comes later is nobody's. */
export type Heed = <T>(answer: Promise<T>) => Promise<T>;

export type Rounds = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
};

const FIRST_PAUSE_MS = SECOND_MS;
const PAUSE_MS_MAX = 60 * SECOND_MS;

/** That the channel stops, for whoever still waits. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

export function createRounds(options: {
  readonly everyMs: number;
  readonly round: (heed: Heed) => Promise<void>;
  /** Why a round failed; undefined for one that did not. */
  readonly ended: (error: unknown) => void;
  /** How long (ms) to wait at least after an error. */
  readonly pauseMs?: (error: unknown) => number;
  readonly clock: Clock;
  readonly wait: Wait;
}): Rounds {
  const ending = new AbortController();
  let running: Promise<void> | undefined;

  const heed: Heed = (answer) =>
    new Promise((resolve, reject) => {
      const { signal } = ending;
      const leave = () => reject(new Stopped());
      signal.addEventListener('abort', leave);
      answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
      if (signal.aborted) leave();
    });

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!ending.signal.aborted) {
      let pauseMs = options.everyMs;
      try {
        await options.round(heed);
        failures = 0;
        options.ended(undefined);
      } catch (error) {
        if (error instanceof Stopped || ending.signal.aborted) return;
        options.ended(error);
        const own = Math.min(PAUSE_MS_MAX, FIRST_PAUSE_MS * 2 ** failures);
        failures += 1;
        const asked = limitedMs(error, options.clock.now()) ?? 0;
        pauseMs = Math.max(own, asked, options.pauseMs?.(error) ?? 0);
      }
      await options.wait(pauseMs, ending.signal);
    }
  };

  return {
    start: () => {
      running ??= run();
    },
    stop: async () => {
      ending.abort();
      await running;
    },
  };
}
