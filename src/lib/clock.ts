/** The time, handed in wherever a decision depends on it. */
export type Clock = {
  /** Milliseconds since 1970-01-01T00:00:00Z, whole: what the calendar shows. It can be set. */
  readonly now: () => number;
  /**
   * Milliseconds since some beginning, the same for the whole program. Nobody can set it, so that
   * whatever waits inside the program is measured by it; it means nothing after a restart.
   */
  readonly elapsed: () => number;
};

export const systemClock: Clock = { now: () => Date.now(), elapsed: () => performance.now() };

/** Microseconds in a millisecond. */
export const US_PER_MS = 1000;
export const SECOND_MS = 1000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** ISO 8601 in UTC, as ATProto's `datetime` wants it. */
export const isoTime = (ms: number): string => new Date(ms).toISOString();
