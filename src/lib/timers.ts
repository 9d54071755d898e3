/** Timers, handed in so that a city can live in a time of its own. */
import { timerMs } from './timer-ms.ts';

export type Timers = {
  /** Milliseconds since some beginning, as the timers count them: nobody can set it. */
  readonly now: () => number;
  /** Calls `run` after so long (ms), or after the longest that they can wait; gives what takes it back. */
  readonly after: (ms: number, run: () => void) => () => void;
  /** Calls `run` again and again, every so long (ms); gives what ends it. */
  readonly every: (ms: number, run: () => void) => () => void;
  /** Calls `run` after what this turn of the event loop still does. */
  readonly soon: (run: () => void) => void;
};

export const systemTimers: Timers = {
  now: () => performance.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, timerMs(ms));
    return () => clearTimeout(timer);
  },
  every: (ms, run) => {
    const timer = setInterval(run, timerMs(ms));
    return () => clearInterval(timer);
  },
  soon: (run) => {
    setImmediate(run);
  },
};
