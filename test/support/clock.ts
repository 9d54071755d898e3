// Clocks that are set by hand.
import type { Clock } from '../../src/lib/clock.ts';

/** A clock that nobody has set wrong: what waits sees the same time go by as the calendar does. */
export const clockOf = (now: () => number): Clock => ({ now, elapsed: now });

/** The clocks of a machine: time goes by for both, and the calendar's can be set besides. */
export function machineClock(start: number) {
  let [wall, elapsed] = [start, 0];
  return {
    now: () => wall,
    elapsed: () => elapsed,
    pass: (ms: number): void => {
      wall += ms;
      elapsed += ms;
    },
    /** Sets the calendar ahead by `ms`; back, where it is negative. */
    set: (ms: number): void => {
      wall += ms;
    },
  };
}

/** A clock that stands until `time` is set. */
export function standingClock(time: number) {
  const clock = { time, now: () => clock.time, elapsed: () => clock.time };
  return clock;
}
