import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  areSegmentsScarce,
  BUDGETS,
  type BudgetName,
  type BudgetUse,
  decide,
  segmentShare,
  useEndsAt,
  type Window,
  windowsOf,
} from '../../src/domain/budgets.ts';

const anyWindows = fc.array(
  fc.record({ ms: fc.integer({ min: 1, max: 200 }), max: fc.integer({ min: 0, max: 6 }) }),
  { minLength: 1, maxLength: 3 },
);
/** How long after the one before each use is asked for. */
const anyPauses = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 80 });

/** Asks for one use after the other; what was decided about each. */
function live(windows: readonly Window[], pauses: readonly number[]) {
  let use: BudgetUse | undefined;
  let at = 1000;
  return pauses.map((pause) => {
    at += pause;
    const before = use;
    const decided = decide(windows, use, { at });
    use = decided.use;
    return { at, before, decided };
  });
}

describe('a budget', () => {
  test('is never exceeded in a window, and never refuses below its limits', () => {
    fc.assert(
      fc.property(anyWindows, anyPauses, (windows, pauses) => {
        for (const [index, { ms, max }] of windows.entries()) {
          const allowed = live(windows, pauses).filter(({ decided }) => decided.ok);
          const begun = Map.groupBy(allowed, ({ decided }) => decided.use[index]?.[0] ?? 0);
          const starts = [...begun.keys()];
          for (const [place, startedAt] of starts.entries()) {
            const uses = begun.get(startedAt) ?? [];
            expect(uses.length).toBeLessThanOrEqual(max);
            expect((uses.at(-1)?.at ?? 0) - startedAt).toBeLessThan(ms);
            expect((starts[place + 1] ?? Infinity) - startedAt).toBeGreaterThanOrEqual(ms);
          }
        }
        for (const { at, before, decided } of live(windows, pauses)) {
          if (decided.ok) continue;
          const isFull = windows.some(({ ms, max }, index) => {
            const [startedAt = 0, used = 0] = before?.[index] ?? [];
            return max === 0 || (at < startedAt + ms && used >= max);
          });
          expect(isFull).toBe(true);
          expect(decided.until).toBeGreaterThan(at);
        }
      }),
    );
  });

  test('says a refusal once until there is room again', () => {
    fc.assert(
      fc.property(anyWindows, anyPauses, (windows, pauses) => {
        let toldUntil = Number.NEGATIVE_INFINITY;
        for (const { at, decided } of live(windows, pauses)) {
          if (decided.ok) continue;
          if (decided.isFirst) toldUntil = decided.until;
          else expect(at).toBeLessThan(Math.max(toldUntil, decided.until));
          if (decided.isFirst) expect(decided.until).toBeGreaterThan(at);
        }
      }),
    );
    const windows = [{ ms: 100, max: 2 }];
    const told = live(windows, [0, 1, 1, 1, 1, 100, 0, 0, 0]).map(({ decided }) =>
      decided.ok ? 'ok' : decided.isFirst ? 'told' : 'silent',
    );
    expect(told).toEqual(['ok', 'ok', 'told', 'silent', 'silent', 'ok', 'ok', 'told', 'silent']);
  });

  test('is not opened anew by a clock that goes back, and not closed for good by one that jumped', () => {
    const windows = [{ ms: 100, max: 1 }];
    const { use } = decide(windows, undefined, { at: 1000 });
    expect(decide(windows, use, { at: 950 }).ok).toBe(false);
    expect(decide(windows, use, { at: 1100 }).ok).toBe(true);
    const later = decide(windows, undefined, { at: 1_000_000 });
    expect(decide(windows, later.use, { at: 1000 }).ok).toBe(true);
  });

  test('counts no more once its last window is over', () => {
    const windows = windowsOf('messages');
    const { use } = decide(windows, undefined, { at: 1000 });
    expect(useEndsAt(windows, use)).toBe(1000 + Math.max(...windows.map(({ ms }) => ms)));
  });

  test('has the limits that a city names, and else the standard ones', () => {
    const [minute, hour] = windowsOf('messages', { messagesPerMinute: 7 });
    expect(minute?.max).toBe(7);
    expect(hour?.max).toBe(BUDGETS.messages.windows[1].standard);
    for (const name of Object.keys(BUDGETS) as BudgetName[]) {
      for (const { ms, max } of windowsOf(name)) expect(Math.min(ms, max)).toBeGreaterThan(0);
    }
  });
});

test('the last texts of a day are kept for what is essential', () => {
  expect(segmentShare('alert', 1000)).toBeLessThan(segmentShare('answer', 1000));
  expect(segmentShare('answer', 1000)).toBe(800);
  expect(segmentShare('essential', 1000)).toBe(1000);
  expect([796, 797, 798, 800].map((used) => areSegmentsScarce(used, 1000))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
