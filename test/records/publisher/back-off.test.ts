import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { createBackOff } from '../../../src/records/publisher/back-off.ts';

const times = <T>(count: number, once: () => T): T[] => Array.from({ length: count }, once);

describe('backing off', () => {
  it('waits twice as long after each failure, a minute at most, until something succeeds', () => {
    const { pauseAfterFailure, noteSuccess } = createBackOff();
    expect(times(4, pauseAfterFailure)).toEqual([250, 500, 1000, 2000]);
    expect(times(1000, pauseAfterFailure).at(-1)).toBe(MINUTE_MS);
    noteSuccess();
    expect(pauseAfterFailure()).toBe(250);
  });

  it('asks less and less often where a limit does not say when it ends', () => {
    const { pauseAfterLimit } = createBackOff();
    expect(times(3, pauseAfterLimit)).toEqual([1000, 2000, 4000]);
    expect(times(10, pauseAfterLimit).at(-1)).toBe(MINUTE_MS);
  });

  it('makes batches smaller after lost answers and refusals, and larger after each success', () => {
    const { noteLostAnswer, noteRefusal, noteSuccess, recordsMax, shouldCompareEach } =
      createBackOff();
    noteLostAnswer(200);
    expect([shouldCompareEach(), recordsMax()]).toEqual([false, 200]);
    noteLostAnswer(200);
    expect([shouldCompareEach(), recordsMax()]).toEqual([true, 200]);
    times(2, () => noteLostAnswer(200));
    expect(recordsMax()).toBe(100);
    noteRefusal(25);
    expect(recordsMax()).toBe(13);
    noteRefusal(1);
    expect(recordsMax()).toBe(1);
    noteSuccess();
    expect([shouldCompareEach(), recordsMax()]).toEqual([false, 2]);
    times(20, noteSuccess);
    expect(recordsMax()).toBe(200);
  });
});
