import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { HOUR_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { createPace } from '../../src/outbox/pace.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each([1, 30])(
  'a pace of %d a second asks for no longer pause when the clock goes back',
  async (perSecond) => {
    const pace = createPace(perSecond);
    vi.setSystemTime(Date.now() - HOUR_MS);
    let pauseMs = await pace();
    vi.setSystemTime(Date.now() - HOUR_MS);
    for (let turn = 0; turn < perSecond && pauseMs === 0; turn += 1) pauseMs = await pace();
    expect(pauseMs).toBeGreaterThan(0);
    expect(pauseMs).toBeLessThanOrEqual(SECOND_MS);
    await vi.advanceTimersByTimeAsync(SECOND_MS);
    expect(await pace()).toBe(0);
  },
);
