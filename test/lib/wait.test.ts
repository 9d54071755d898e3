import { describe, expect, it } from 'vitest';
import { HOUR_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { waitUntil } from '../../src/lib/wait.ts';
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
        clock: { now: () => time.now },
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

  it('ends early when the clock is put forward, and is not prolonged when it is put back', async () => {
    const ahead = waiting((slice) => (slice === 2 ? 5 * HOUR_MS : 0));
    await ahead.run(MORNING + HOUR_MS);
    expect(ahead.total()).toBe(60_000);
    const back = waiting((slice) => (slice === 2 ? -500 * HOUR_MS : 0));
    await back.run(MORNING + HOUR_MS);
    expect(back.total()).toBe(HOUR_MS);
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
