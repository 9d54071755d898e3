import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../../src/lib/clock.ts';
import {
  createProgress,
  estimateSeconds,
  inWords,
  type Pace,
  type ProgressDetail,
} from '../../../src/records/publisher/progress.ts';
import { MORNING } from '../../support/record-facts.ts';

const pace = (some: Partial<Pace>): Pace => ({
  now: MORNING,
  waiting: 1000,
  lately: { records: 0, ms: 0 },
  heldUntil: 0,
  budgetAt: MORNING,
  allowanceAt: MORNING,
  ...some,
});

describe('estimateSeconds', () => {
  it('goes by the pace of lately', () => {
    expect(estimateSeconds(pace({ lately: { records: 400, ms: 2000 } }))).toBe(5);
  });

  it('adds a pause, and is not before everything is paid for', () => {
    const lately = { records: 400, ms: 2000 };
    expect(estimateSeconds(pace({ lately, heldUntil: MORNING + MINUTE_MS }))).toBe(65);
    expect(estimateSeconds(pace({ lately, budgetAt: MORNING + HOUR_MS }))).toBe(3600);
    expect(estimateSeconds(pace({ lately, allowanceAt: MORNING + DAY_MS }))).toBe(86_400);
  });

  it('is not known before anything was published, unless the budget tells', () => {
    expect(estimateSeconds(pace({}))).toBeNull();
    expect(estimateSeconds(pace({ budgetAt: MORNING + HOUR_MS }))).toBe(3600);
    expect(estimateSeconds(pace({ waiting: 0 }))).toBe(0);
  });
});

describe('inWords', () => {
  it.each([
    [10, 'less than a minute'],
    [60, '1 minute'],
    [18 * 60, '18 minutes'],
    [100 * 60, '100 minutes'],
    [2.6 * 3600, '3 hours'],
    [40 * 3600, '40 hours'],
    [4 * 86_400, '4 days'],
  ])('says %d seconds as "%s"', (seconds, words) => {
    expect(inWords(seconds)).toBe(words);
  });
});

function progressOf(waiting: number) {
  const state = {
    now: MORNING,
    waiting,
    oldest: MORNING as number | null,
    trouble: undefined as string | undefined,
    heldUntil: 0,
    budgetAt: MORNING,
    allowanceAt: MORNING,
  };
  /** How far the calendar is from the time that goes by. */
  let setMs = 0;
  const said: { line: string; detail: ProgressDetail }[] = [];
  const progress = createProgress({
    clock: { now: () => state.now + setMs, elapsed: () => state.now },
    backlog: () => ({ count: state.waiting, oldest: state.oldest }),
    pace: () => state,
    budget: '1,666 an hour',
    trouble: () => state.trouble,
    say: (line, detail) => said.push({ line, detail }),
  });
  const publish = (records: number, ms: number) => {
    state.waiting -= records;
    state.now += ms;
    progress.notePublished(records);
    progress.notePace(records, ms);
    progress.tellIfDue();
  };
  const set = (ms: number) => {
    setMs = ms;
  };
  return { ...progress, state, set, said, publish, lines: () => said.map(({ line }) => line) };
}

describe('progress', () => {
  it('says nothing of a short backlog', () => {
    const { tellIfDue, publish, tellEnd, said } = progressOf(1000);
    tellIfDue();
    publish(1000, 59 * SECOND_MS);
    tellEnd();
    expect(said).toEqual([]);
  });

  it('says every half minute how far a long one is, and when it is done', () => {
    const { tellIfDue, publish, tellEnd, lines, said } = progressOf(30_000);
    tellIfDue();
    for (let batch = 0; batch < 150; batch += 1) publish(200, 6 * SECOND_MS);
    tellEnd();
    expect(lines().slice(0, 3)).toEqual([
      'Published 0 of 30,000 records',
      'Published 1,000 of 30,000 records, about 15 minutes left',
      'Published 2,000 of 30,000 records, about 14 minutes left',
    ]);
    expect(said[1]?.detail).toEqual({ published: 1000, waiting: 29_000, estimateSeconds: 870 });
    expect(lines().at(-1)).toBe('Published all 30,000 records, in 15 minutes.');
    expect(lines()).toHaveLength(32);
  });

  it('begins with one that has waited for a minute, and counts what comes while it lasts', () => {
    const { tellIfDue, state, publish, tellEnd, lines } = progressOf(3);
    tellIfDue();
    state.now += MINUTE_MS + 1;
    tellIfDue();
    state.waiting += 7;
    publish(10, 1000);
    tellEnd();
    expect(lines()).toEqual([
      'Published 0 of 3 records',
      'Published all 10 records, in less than a minute.',
    ]);
  });

  it('says what sets the pace', () => {
    const { state, publish, tellIfDue, lines } = progressOf(30_000);
    tellIfDue();
    state.budgetAt = MORNING + 17 * HOUR_MS;
    publish(200, 31 * SECOND_MS);
    state.allowanceAt = MORNING + 18 * HOUR_MS;
    publish(200, 31 * SECOND_MS);
    expect(lines().slice(1)).toEqual([
      'Published 200 of 30,000 records, about 17 hours left (the write budget allows 1,666 an hour)',
      'Published 400 of 30,000 records, about 18 hours left (the PDS sets the pace)',
    ]);
  });

  it('says why nothing moves, less and less often', () => {
    const { state, tellIfDue, lines, estimateSeconds: estimate } = progressOf(5000);
    state.trouble = 'The last try failed: no connection';
    for (let second = 0; second < 8 * 3600; second += 10) {
      tellIfDue();
      state.now += 10 * SECOND_MS;
    }
    expect(lines()[0]).toBe('Published 0 of 5,000 records. The last try failed: no connection');
    expect(lines().length).toBeLessThan(60);
    expect(estimate()).toBeNull();
  });

  it('is not silenced by a calendar that is put back', () => {
    const { state, set, tellIfDue, lines } = progressOf(5000);
    tellIfDue();
    set(-30 * DAY_MS);
    state.now += MINUTE_MS;
    tellIfDue();
    expect(lines()).toHaveLength(2);
  });
});
