/** How long to wait after what went wrong, and how much to ask for next time. */
import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { OPERATIONS_MAX } from './batch.ts';

const RETRY_FIRST_MS = 250;
const LIMITED_FIRST_MS = SECOND_MS;
const PAUSE_MS_MAX = MINUTE_MS;
const LOOK_AT_EACH_AFTER = 2;
const SMALLER_AFTER = 4;

export type Patience = {
  /** Something was published: all is forgiven, and batches grow again. */
  readonly succeeded: () => void;
  /** Something failed; how long to wait (ms). */
  readonly failed: () => number;
  /** The PDS asked for a pause; the least that it gets (ms), whatever it says of its length. */
  readonly limited: () => number;
  /** Nobody knows what became of a batch of so many records. */
  readonly missed: (records: number) => void;
  /** A batch of so many records was refused for one of them. */
  readonly refused: (records: number) => void;
  /** What was wrong may be mended now: batches are as suspect as at first. */
  readonly startAfresh: () => void;
  /** Failures in a row, of any kind. */
  readonly failures: () => number;
  /** Batches in a row of which nobody knows. */
  readonly misses: () => number;
  /** Whether to look at each record, since it may be one of them that the PDS fails at. */
  readonly isSuspicious: () => boolean;
  /** How many records the next batch may have. */
  readonly recordsMax: () => number;
};

export function createPatience(): Patience {
  let failures = 0;
  let misses = 0;
  let limits = 0;
  let recordsMax = OPERATIONS_MAX;
  const pauseMs = (firstMs: number, times: number): number =>
    Math.min(PAUSE_MS_MAX, firstMs * 2 ** times);
  const halve = (records: number): void => {
    recordsMax = Math.ceil(records / 2);
  };
  return {
    succeeded: () => {
      failures = 0;
      misses = 0;
      limits = 0;
      recordsMax = Math.min(OPERATIONS_MAX, 2 * recordsMax);
    },
    failed: () => {
      failures += 1;
      return pauseMs(RETRY_FIRST_MS, failures - 1);
    },
    limited: () => {
      limits += 1;
      return pauseMs(LIMITED_FIRST_MS, limits - 1);
    },
    missed: (records) => {
      misses += 1;
      // A slow PDS does better with less; and in the end the record that it fails at is alone.
      if (misses >= SMALLER_AFTER) halve(records);
    },
    refused: halve,
    startAfresh: () => {
      misses = 0;
    },
    failures: () => failures,
    misses: () => misses,
    isSuspicious: () => misses >= LOOK_AT_EACH_AFTER,
    recordsMax: () => recordsMax,
  };
}
