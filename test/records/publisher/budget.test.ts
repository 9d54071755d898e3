import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/lib/clock.ts';
import {
  type BudgetLimits,
  budgetInWords,
  createBudget,
  type PublishedCounts,
} from '../../../src/records/publisher/budget.ts';

const START = 1_791_043_200_000;

function budgetAt(limits: Partial<BudgetLimits>, counts: PublishedCounts = () => []) {
  /** The calendar is `setMs` apart from the time that goes by. */
  const time = { now: START, setMs: 0 };
  const all = { pointsPerHour: 0, pointsPerDay: 0, ...limits };
  return {
    time,
    ...createBudget(all, { now: () => time.now + time.setMs, elapsed: () => time.now }, counts),
  };
}

describe('the write budget', () => {
  it('is without end where there are no limits', () => {
    const budget = budgetAt({});
    budget.spend(1_000_000);
    expect(budget.available()).toBe(Number.POSITIVE_INFINITY);
    expect(budget.availableAt(3)).toBe(START);
  });

  it('gives back after an hour what was spent', () => {
    const budget = budgetAt({ pointsPerHour: 10 });
    budget.spend(6);
    budget.time.now += 30 * MINUTE_MS;
    budget.spend(3);
    expect(budget.available()).toBe(1);
    expect(budget.availableAt(1)).toBe(budget.time.now);
    expect(budget.availableAt(7)).toBe(START + HOUR_MS);
    expect(budget.availableAt(8)).toBe(START + 30 * MINUTE_MS + HOUR_MS);
    budget.time.now = START + HOUR_MS;
    expect(budget.available()).toBe(7);
  });

  it('keeps the tighter of hour and day', () => {
    const budget = budgetAt({ pointsPerHour: 10, pointsPerDay: 15 });
    budget.spend(10);
    budget.time.now += HOUR_MS;
    expect(budget.available()).toBe(5);
    budget.spend(5);
    expect(budget.availableAt(3)).toBe(START + DAY_MS);
  });

  it('counts what an earlier process published, and asks no further back than it must', () => {
    const asked: unknown[] = [];
    const budget = budgetAt({ pointsPerHour: 100 }, (...question) => {
      asked.push(question);
      return [{ from: START - 10 * MINUTE_MS, creates: 20, updates: 10, deletes: 5 }];
    });
    expect(asked).toEqual([[START - HOUR_MS, MINUTE_MS, 100]]);
    expect(budget.available()).toBe(15);
    // A minute is counted from its end: rather too late than too early.
    expect(budget.availableAt(16)).toBe(START - 9 * MINUTE_MS + HOUR_MS);
  });

  it('spends a minute as one', () => {
    const budget = budgetAt({ pointsPerHour: 100 });
    for (let second = 0; second < 60; second += 1) {
      budget.time.now = START + second * 1000;
      budget.spend(1);
    }
    expect(budget.available()).toBe(40);
    expect(budget.availableAt(41)).toBe(START + 59_000 + HOUR_MS);
  });

  it('tells when a long backlog will be paid for, across hours and days', () => {
    const budget = budgetAt({ pointsPerHour: 5000, pointsPerDay: 35_000 });
    expect(budget.spentAt(5000)).toBe(START);
    expect(budget.spentAt(5001)).toBe(START + HOUR_MS);
    expect(budget.spentAt(35_000)).toBe(START + 6 * HOUR_MS);
    // The day is spent after seven hours; its first hour comes back a day after it was spent.
    expect(budget.spentAt(35_001)).toBe(START + DAY_MS);
    expect(budget.spentAt(90_000)).toBe(START + 2 * DAY_MS + 3 * HOUR_MS);
    budget.spend(4000);
    budget.time.now += 10 * MINUTE_MS;
    expect(budget.spentAt(1000)).toBe(budget.time.now);
    expect(budget.spentAt(1001)).toBe(START + HOUR_MS);
    expect(budgetAt({}).spentAt(1_000_000)).toBe(START);
  });

  it('tells the same as spending does', () => {
    const points = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(points, points, fc.array(points, { maxLength: 5 }), (hour, day, before) => {
        const budget = budgetAt({ pointsPerHour: hour + 2, pointsPerDay: day + 2 });
        for (const some of before) {
          budget.spend(Math.min(some, budget.available()));
          budget.time.now += 17 * MINUTE_MS;
        }
        const foretold = budget.spentAt(100);
        let left = 100;
        while (left > 0) {
          const some = Math.min(left, budget.available());
          if (some === 0) budget.time.now = budget.availableAt(1);
          else budget.spend(some);
          left -= some;
        }
        expect(budget.time.now).toBe(foretold);
      }),
    );
  });

  it('counts what was spent by the time that goes by, whatever the calendar says', () => {
    const budget = budgetAt({ pointsPerHour: 10 });
    budget.time.setMs = 400 * DAY_MS;
    budget.spend(10);
    budget.time.setMs = -HOUR_MS;
    expect(budget.available()).toBe(0);
    expect(budget.availableAt(3)).toBe(START + HOUR_MS);
    expect(budget.spentAt(11)).toBe(START + 2 * HOUR_MS);
  });

  it('does not count at every start what was published in a time to come', () => {
    const counts = () => [{ from: START + 400 * DAY_MS, creates: 3, updates: 0, deletes: 0 }];
    expect(budgetAt({ pointsPerHour: 10 }, counts).available()).toBe(10);
  });

  it('is said in new records', () => {
    expect(budgetInWords({ pointsPerHour: 5000, pointsPerDay: 35_000 })).toBe(
      '1,666 an hour and 11,666 a day',
    );
    expect(budgetInWords({ pointsPerHour: 0, pointsPerDay: 0 })).toBe('');
  });

  it('is refused when it does not pay for one record', () => {
    expect(() => budgetAt({ pointsPerDay: 2 })).toThrow(/does not pay/);
  });
});
