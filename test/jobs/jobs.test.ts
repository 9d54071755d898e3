import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createJobs, type Job } from '../../src/jobs/jobs.ts';
import { SECOND_MS } from '../../src/lib/clock.ts';
import { type TestCity, withCity } from '../support/city.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const EVERY = { everyMs: 3 * SECOND_MS, againMs: SECOND_MS / 4 } as const;

/** Runs the job alone; `pass` lets time (ms) go by, and resolves when what it brought is done. */
function start({ store, foundation }: TestCity, job: Job) {
  const jobs = createJobs({
    ...{ store, foundation, jobs: [job] },
    observe: () => undefined,
    failed: (error) => {
      throw error;
    },
    done: () => undefined,
  });
  jobs.start();
  const pass = async (ms: number): Promise<void> => {
    await jobs.idle();
    vi.advanceTimersByTime(ms);
    await jobs.idle();
  };
  return { pass, runAll: jobs.runAll, stop: jobs.stop };
}

/** Changes something in its first runs, so many of them. */
function jobOfParts(parts: number) {
  const state = { runs: 0 };
  const run = (): boolean => {
    state.runs += 1;
    return state.runs <= parts;
  };
  return { state, job: { ...EVERY, run } satisfies Job };
}

test('a job of parts goes on soon while there is more, and then waits for its time', () =>
  withCity(async (city) => {
    const { state, job } = jobOfParts(2);
    const { pass, stop } = start(city, job);
    await pass(0);
    expect(state.runs).toBe(1);
    await pass(EVERY.againMs - 1);
    expect(state.runs).toBe(1);
    await pass(1);
    expect(state.runs).toBe(2);
    await pass(EVERY.againMs);
    expect(state.runs).toBe(3);
    // The third part was the last: nothing was left to change.
    await pass(EVERY.everyMs - 2 * EVERY.againMs - 1);
    expect(state.runs).toBe(3);
    await pass(1);
    expect(state.runs).toBe(4);
    await stop();
  }));

test('a job that does not go on in parts waits for its time', () =>
  withCity(async (city) => {
    const { state, job } = jobOfParts(10);
    const { pass, stop } = start(city, { everyMs: job.everyMs, run: job.run });
    await pass(EVERY.everyMs - 1);
    expect(state.runs).toBe(1);
    await pass(1);
    expect(state.runs).toBe(2);
    await stop();
  }));

test('nothing runs after the end, however much there is to do', () =>
  withCity(async (city) => {
    const { state, job } = jobOfParts(10);
    const { pass, stop } = start(city, job);
    await pass(0);
    await stop();
    await pass(10 * EVERY.everyMs);
    expect(state.runs).toBe(1);
  }));

test('all jobs can be run at once, and tell whether one of them changed something', () =>
  withCity(async (city) => {
    const { state, job } = jobOfParts(2);
    const { pass, runAll, stop } = start(city, job);
    await pass(0);
    expect(await runAll()).toBe(true);
    expect(await runAll()).toBe(false);
    expect(state.runs).toBe(3);
    await stop();
  }));
