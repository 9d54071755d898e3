import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SECOND_MS } from '../../src/lib/clock.ts';
import { createPace, worthLookingAt } from '../../src/outbox/pace.ts';
import { machineClock } from '../support/clock.ts';

const rates = fc.constantFrom(1, 3, 30, 80, 1000);

/** Sends whatever there is for `ms`, waking so late each time; answers when each message went. */
function sentIn(perSecond: number, ms: number, lateMs: (wakeUp: number) => number): number[] {
  const clock = machineClock(0);
  const pace = createPace(perSecond, clock.elapsed);
  const sent: number[] = [];
  for (let wakeUp = 0; clock.elapsed() < ms; wakeUp += 1) {
    let pauseMs = pace();
    for (; pauseMs === 0; pauseMs = pace()) sent.push(clock.elapsed());
    clock.pass(pauseMs + lateMs(wakeUp));
  }
  return sent;
}

test('a channel without a pace never pauses', () => {
  const pace = createPace(null, () => 0);
  expect(Array.from({ length: 1000 }, pace).every((pauseMs) => pauseMs === 0)).toBe(true);
});

test('a look sees more than may go at once, so that it knows whether anything is left, and no more', () => {
  fc.assert(
    fc.property(rates, (perSecond) => {
      const clock = machineClock(0);
      const pace = createPace(perSecond, clock.elapsed);
      let atOnce = 0;
      while (pace() === 0) atOnce += 1;
      expect(worthLookingAt(perSecond, 256)).toBe(Math.min(256, atOnce + 1));
    }),
  );
  expect(worthLookingAt(null, 256)).toBe(256);
});

test('no second has more messages than the pace and one burst', () => {
  const lateness = fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(rates, lateness, (perSecond, late) => {
      const sent = sentIn(perSecond, 10 * SECOND_MS, (at) => late[at % late.length] ?? 0);
      const most = perSecond + Math.max(1, perSecond / 10);
      const inSecond = (from: number) =>
        sent.filter((at) => at >= from && at < from + SECOND_MS).length;
      for (const from of new Set(sent)) expect(inSecond(from)).toBeLessThanOrEqual(most);
    }),
  );
});

test('who wakes up a little late each time still sends nearly as many as the pace allows', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(30, 80, 1000),
      fc.integer({ min: 0, max: 20 }),
      (perSecond, late) => {
        const sent = sentIn(perSecond, 60 * SECOND_MS, () => late);
        expect(sent.length).toBeGreaterThanOrEqual(0.98 * 60 * perSecond);
      },
    ),
  );
});

test('a pace asks for no longer pause when the calendar goes back', () => {
  const clock = machineClock(Date.UTC(2026, 10, 1));
  const pace = createPace(1, clock.elapsed);
  expect(pace()).toBe(0);
  clock.set(-3_600_000);
  expect(pace()).toBe(SECOND_MS);
  clock.pass(SECOND_MS);
  expect(pace()).toBe(0);
});

test('a clock that goes back makes no pause longer', () => {
  let at = 3_600_000;
  const pace = createPace(30, () => at);
  while (pace() === 0);
  at = 0;
  expect(pace()).toBeLessThanOrEqual(SECOND_MS);
  at = SECOND_MS;
  expect(pace()).toBe(0);
});
