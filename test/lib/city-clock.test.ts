import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCityClock, type Move } from '../../src/lib/city-clock.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '../../src/lib/clock.ts';
import { machineClock } from '../support/clock.ts';
import { MORNING } from '../support/record-facts.ts';

const YEAR_MS = 365 * DAY_MS;

function openClock() {
  const machine = machineClock(MORNING);
  const steps: number[] = [];
  const clock = createCityClock({ machine, stepped: (byMs) => steps.push(byMs) });
  return { machine, clock, steps };
}

describe('the time of the city', () => {
  it('is that of the calendar, which may be put ahead', () => {
    const { machine, clock, steps } = openClock();
    machine.pass(10 * SECOND_MS);
    expect(clock.now()).toBe(MORNING + 10 * SECOND_MS);
    machine.set(30 * SECOND_MS);
    expect(clock.now()).toBe(MORNING + 40 * SECOND_MS);
    expect(steps).toEqual([]);
    machine.set(HOUR_MS);
    expect(clock.now()).toBe(machine.now());
    expect(steps).toEqual([HOUR_MS]);
    expect(clock.moves()).toEqual([
      { from: MORNING + 40 * SECOND_MS, to: MORNING + HOUR_MS + 40 * SECOND_MS },
    ]);
  });

  it('goes slowly, and not back, where the calendar is behind by minutes', () => {
    const { machine, clock, steps } = openClock();
    machine.set(-2 * MINUTE_MS);
    expect(clock.now()).toBe(MORNING);
    machine.pass(MINUTE_MS);
    expect(clock.now()).toBe(MORNING + 30 * SECOND_MS);
    expect(clock.status()).toEqual({
      moved: { byMs: -2 * MINUTE_MS, at: MORNING },
      apartMs: -90 * SECOND_MS,
    });
    machine.pass(3 * MINUTE_MS);
    expect(clock.now()).toBe(machine.now());
    expect(clock.moves()).toEqual([]);
    expect(steps).toEqual([-2 * MINUTE_MS]);
  });

  it('goes back with a calendar that is an hour behind, and says so', () => {
    const { machine, clock } = openClock();
    machine.set(-HOUR_MS);
    expect(clock.now()).toBe(MORNING - HOUR_MS);
    expect(clock.moves()).toEqual([{ from: MORNING, to: MORNING - HOUR_MS }]);
    clock.settle(1);
    expect(clock.moves()).toEqual([]);
  });

  it('does not see a year ahead that is taken back within minutes', () => {
    const { machine, clock, steps } = openClock();
    machine.set(YEAR_MS);
    clock.now();
    machine.pass(9 * MINUTE_MS);
    expect(clock.now()).toBe(MORNING + 9 * MINUTE_MS);
    machine.set(-YEAR_MS);
    machine.pass(SECOND_MS);
    expect(clock.now()).toBe(machine.now());
    expect(clock.moves()).toEqual([]);
    expect(steps).toEqual([YEAR_MS, -YEAR_MS]);
  });

  it('believes a year ahead that lasts, and goes back when it is taken back for as long', () => {
    const { machine, clock } = openClock();
    const settled = () => {
      const made = clock.moves().map(({ from, to }) => Math.round((to - from) / DAY_MS));
      clock.settle(made.length);
      return made;
    };
    for (const byMs of [YEAR_MS, -YEAR_MS]) {
      machine.set(byMs);
      clock.now();
      machine.pass(10 * MINUTE_MS);
      expect(clock.now()).toBe(machine.now());
      expect(settled()).toEqual([byMs / DAY_MS]);
    }
  });

  it('goes on after a restart from where it had come to', () => {
    const machine = machineClock(MORNING);
    const soon = createCityClock({ machine, newestMs: MORNING + MINUTE_MS });
    expect(soon.now()).toBe(MORNING + MINUTE_MS);
    expect(soon.moves()).toEqual([]);
    const far = createCityClock({ machine, newestMs: MORNING + YEAR_MS });
    expect(far.now()).toBe(MORNING);
    expect(far.moves()).toEqual([{ from: MORNING + YEAR_MS, to: MORNING }]);
    expect(createCityClock({ machine, newestMs: 0 }).moves()).toEqual([]);
  });
});

/** As the store judges what waits until a time (`store/times.ts`). */
const judged = (until: number, { from, to }: Move): number =>
  to < from && until > to ? Math.max(to, until - (from - to)) : until;

const stepMs = fc.oneof(
  { weight: 6, arbitrary: fc.constant(0) },
  ...[SECOND_MS, 4 * MINUTE_MS, 6 * MINUTE_MS, HOUR_MS, DAY_MS, 2 * YEAR_MS].map((max) =>
    fc.integer({ min: -max, max }),
  ),
);

const events = fc.array(
  fc.record({
    stepMs,
    passMs: fc.integer({ min: 0, max: 5 * MINUTE_MS }),
    /** How long something that begins now has to wait; none where it is undefined. */
    pauseMs: fc.option(fc.integer({ min: 0, max: 30 * MINUTE_MS }), { nil: undefined }),
    isRestart: fc.integer({ min: 0, max: 15 }).map((one) => one === 0),
  }),
  { minLength: 1, maxLength: 60 },
);

it('lets nothing wait longer than twice its pause, whatever becomes of the calendar', () => {
  fc.assert(
    fc.property(events, (happened) => {
      const machine = machineClock(MORNING);
      let clock = createCityClock({ machine });
      let last = MORNING;
      let newestMs = MORNING;
      const waiting = new Map<number, { until: number; since: number; limit: number }>();
      const look = (): number => {
        const now = clock.now();
        const moves = clock.moves();
        for (const move of moves) {
          for (const one of waiting.values()) one.until = judged(one.until, move);
        }
        // Time goes back only where that is told.
        if (now < last) expect(moves.some(({ from, to }) => to < from)).toBe(true);
        clock.settle(moves.length);
        expect(Number.isInteger(now)).toBe(true);
        last = now;
        return now;
      };
      for (const [at, { stepMs: byMs, passMs, pauseMs, isRestart }] of happened.entries()) {
        machine.set(byMs);
        if (isRestart) {
          clock = createCityClock({ machine, newestMs });
          last = newestMs;
          // Since the newest time that was stored nobody knows how long something has waited.
          for (const one of waiting.values()) one.limit += one.limit;
        }
        const now = look();
        if (pauseMs !== undefined) {
          newestMs = now;
          const since = machine.elapsed();
          waiting.set(at, { until: now + pauseMs, since, limit: 2 * pauseMs });
        }
        machine.pass(passMs);
        const then = look();
        for (const [key, { until, since, limit }] of waiting) {
          if (until <= then) waiting.delete(key);
          else expect(machine.elapsed() - since).toBeLessThanOrEqual(limit + 2);
        }
      }
    }),
    { numRuns: 1000 },
  );
});
