import { describe, expect, it } from 'vitest';
import { MINUTE_MS } from '../../../src/lib/clock.ts';
import { createPatience } from '../../../src/records/publisher/back-off.ts';

const times = <T>(count: number, once: () => T): T[] => Array.from({ length: count }, once);

describe('patience', () => {
  it('waits twice as long after each failure, a minute at most, until something succeeds', () => {
    const { failed, succeeded } = createPatience();
    expect(times(4, failed)).toEqual([250, 500, 1000, 2000]);
    expect(times(1000, failed).at(-1)).toBe(MINUTE_MS);
    succeeded();
    expect(failed()).toBe(250);
  });

  it('asks less and less often where a limit does not say when it ends', () => {
    const { limited } = createPatience();
    expect(times(3, limited)).toEqual([1000, 2000, 4000]);
    expect(times(10, limited).at(-1)).toBe(MINUTE_MS);
  });

  it('makes batches smaller after lost answers and refusals, and larger after each success', () => {
    const { missed, refused, succeeded, recordsMax, isSuspicious } = createPatience();
    missed(200);
    expect([isSuspicious(), recordsMax()]).toEqual([false, 200]);
    missed(200);
    expect([isSuspicious(), recordsMax()]).toEqual([true, 200]);
    times(2, () => missed(200));
    expect(recordsMax()).toBe(100);
    refused(25);
    expect(recordsMax()).toBe(13);
    refused(1);
    expect(recordsMax()).toBe(1);
    succeeded();
    expect([isSuspicious(), recordsMax()]).toEqual([false, 2]);
    times(20, succeeded);
    expect(recordsMax()).toBe(200);
  });
});
