/** The longest that timers of the platform can wait; what is longer would be over at once. */
const TIMER_MS_MAX = 2 ** 31 - 1;

/** A time (ms) as timers take it: nothing for what is over or no number, and no longer than they can. */
export const timerMs = (ms: number): number => (ms > 0 ? Math.min(ms, TIMER_MS_MAX) : 0);
