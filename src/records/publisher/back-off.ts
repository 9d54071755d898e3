/** Decides how long to wait after what went wrong, and how much to ask for next time. */
import { MINUTE_MS, SECOND_MS } from '../../lib/clock.ts';
import { OPERATIONS_MAX } from './batch.ts';

const FAILURE_FIRST_MS = 250;
const LIMIT_FIRST_MS = SECOND_MS;
const PAUSE_MS_MAX = MINUTE_MS;
const COMPARE_EACH_AFTER = 2;
const SMALLER_AFTER = 4;

export type BackOff = ReturnType<typeof createBackOff>;

export function createBackOff() {
  let failures = 0;
  let lostAnswers = 0;
  let limits = 0;
  let mayArrive = true;
  let recordsMax = OPERATIONS_MAX;
  const pauseMs = (firstMs: number, times: number): number =>
    Math.min(PAUSE_MS_MAX, firstMs * 2 ** times);
  const halve = (records: number): void => {
    recordsMax = Math.ceil(records / 2);
  };
  return {
    /** Something is public: failures are forgotten, and batches grow again. */
    noteSuccess: () => {
      failures = 0;
      lostAnswers = 0;
      limits = 0;
      recordsMax = Math.min(OPERATIONS_MAX, 2 * recordsMax);
    },
    /**
     * A request was answered, so those before it were taken or never will be. What was only found in
     * the repository says nothing of them: it may be of an earlier one.
     */
    noteAnswered: () => {
      mayArrive = false;
    },
    /** Something failed; answers how long to wait (ms). */
    pauseAfterFailure: () => {
      failures += 1;
      return pauseMs(FAILURE_FIRST_MS, failures - 1);
    },
    /** The PDS asked for a pause; answers the shortest (ms), whatever the PDS says of its length. */
    pauseAfterLimit: () => {
      limits += 1;
      return pauseMs(LIMIT_FIRST_MS, limits - 1);
    },
    /** Nobody knows what became of a batch of so many records. */
    noteLostAnswer: (records: number) => {
      lostAnswers += 1;
      mayArrive = true;
      // A slow PDS does better with less; and in the end the record that it fails at is alone.
      if (lostAnswers >= SMALLER_AFTER) halve(records);
    },
    /** A batch of so many records was refused for one of them. */
    noteRefusal: halve,
    /** The PDS did not keep what it said it had taken: from here on it gets as little as can be. */
    noteNotKept: () => {
      recordsMax = 1;
    },
    /** Somebody may have mended what was wrong: batches are trusted as much as at first. */
    forgetLostAnswers: () => {
      lostAnswers = 0;
    },
    /** Failures in a row, of any kind. */
    failures: () => failures,
    /** Batches in a row of which nobody knows. */
    lostAnswers: () => lostAnswers,
    /** Whether a request that was given up on may still take effect, also one from before the start. */
    mayArrive: () => mayArrive,
    /** Whether each record should be compared, since the PDS may fail at one of them. */
    shouldCompareEach: () => lostAnswers >= COMPARE_EACH_AFTER,
    /** How many records the next batch may have. */
    recordsMax: () => recordsMax,
  };
}
