import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DAY_MS, HOUR_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { systemWait, waitUntil } from '../../src/lib/wait.ts';
import { MORNING } from '../support/record-facts.ts';

function waiting(jump: (slice: number) => number = () => 0) {
  const time = { now: MORNING };
  const slept: number[] = [];
  const controller = new AbortController();
  let looks = 0;
  const run = (until: number) =>
    waitUntil(
      until,
      {
        clock: { elapsed: () => time.now },
        wait: async (ms) => {
          slept.push(ms);
          time.now += ms + jump(slept.length);
        },
        between: () => {
          looks += 1;
        },
      },
      controller.signal,
    );
  const total = () => slept.reduce((sum, ms) => sum + ms, 0);
  return { run, slept, total, controller, looks: () => looks };
}

describe('systemWait', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    // First what was put over the timers that are not real: else it would bring them back later.
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const waitingFor = (ms: number) => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const ending = new AbortController();
    let isOver = false;
    const over = systemWait(ms, ending.signal).then(() => {
      isOver = true;
    });
    return {
      ending,
      over,
      isOver: () => isOver,
      times: () => set.mock.calls.map(([, given]) => given as number),
    };
  };

  it.each([-1, -HOUR_MS, Number.NEGATIVE_INFINITY, Number.NaN, 0])(
    'asks timers for no negative time (%s)',
    async (ms) => {
      const { over, times } = waitingFor(ms);
      await vi.runAllTimersAsync();
      await over;
      expect(times()).toEqual([0]);
    },
  );

  it('waits longer than timers can', async () => {
    const { isOver, times } = waitingFor(60 * DAY_MS);
    await vi.advanceTimersByTimeAsync(60 * DAY_MS - 1);
    expect(isOver()).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isOver()).toBe(true);
    for (const ms of times()) expect(ms).toBeLessThan(2 ** 31);
  });

  it('ends in the middle of it when it is asked to', async () => {
    const { isOver, ending } = waitingFor(60 * DAY_MS);
    await vi.advanceTimersByTimeAsync(30 * DAY_MS);
    ending.abort();
    await vi.advanceTimersByTimeAsync(0);
    expect(isOver()).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('waitUntil', () => {
  it('waits in slices of half a minute', async () => {
    const { run, slept, looks } = waiting();
    await run(MORNING + 70 * SECOND_MS);
    expect(slept).toEqual([30_000, 30_000, 10_000]);
    expect(looks()).toBe(3);
  });

  it('does not wait for what is over', async () => {
    const { run, slept } = waiting();
    await run(MORNING);
    await run(MORNING - HOUR_MS);
    expect(slept).toEqual([]);
  });

  it('ends early where more time went by than was slept', async () => {
    const slow = waiting((slice) => (slice === 2 ? 5 * HOUR_MS : 0));
    await slow.run(MORNING + HOUR_MS);
    expect(slow.total()).toBe(60_000);
  });

  it('ends when it is asked to', async () => {
    const { run, slept, controller } = waiting((slice) => {
      if (slice === 3) controller.abort();
      return 0;
    });
    await run(MORNING + 500 * HOUR_MS);
    expect(slept).toHaveLength(3);
  });
});
