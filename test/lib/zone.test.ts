import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { instantOf, isCalendarDay, wallClockOf, weekdayOf } from '../../src/lib/zone.ts';

const LOS_ANGELES = 'America/Los_Angeles';
const iso = (ms: number) => new Date(ms).toISOString();
const at = (timeZone: string, day: string, time: string) => {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return iso(instantOf({ year, month, day: date, hour, minute }, timeZone));
};

describe('the instant of a wall clock', () => {
  test('follows the change to summer time, and moves a skipped time on', () => {
    expect(at(LOS_ANGELES, '2026-03-08', '1:59')).toBe('2026-03-08T09:59:00.000Z');
    expect(at(LOS_ANGELES, '2026-03-08', '2:30')).toBe('2026-03-08T10:30:00.000Z');
    expect(at(LOS_ANGELES, '2026-03-08', '3:30')).toBe('2026-03-08T10:30:00.000Z');
    expect(at(LOS_ANGELES, '2026-03-08', '9:00')).toBe('2026-03-08T16:00:00.000Z');
  });

  test('follows the change to winter time, and takes the first of two', () => {
    expect(at(LOS_ANGELES, '2026-11-01', '0:59')).toBe('2026-11-01T07:59:00.000Z');
    expect(at(LOS_ANGELES, '2026-11-01', '1:30')).toBe('2026-11-01T08:30:00.000Z');
    expect(at(LOS_ANGELES, '2026-11-01', '2:00')).toBe('2026-11-01T10:00:00.000Z');
  });

  test('stays where a zone has no summer time, and knows half an hour of it', () => {
    expect(at('America/Mexico_City', '2026-07-01', '9:00')).toBe('2026-07-01T15:00:00.000Z');
    expect(at('America/Mexico_City', '2026-12-01', '9:00')).toBe('2026-12-01T15:00:00.000Z');
    expect(at('Australia/Lord_Howe', '2026-04-05', '9:00')).toBe('2026-04-04T22:30:00.000Z');
    expect(at('Pacific/Kiritimati', '2026-01-01', '0:00')).toBe('2025-12-31T10:00:00.000Z');
  });

  test('is the one that shows this wall clock again', () => {
    const zones = [LOS_ANGELES, 'America/Mexico_City', 'Europe/Madrid', 'Australia/Lord_Howe'];
    const minute = fc.integer({ min: Date.UTC(2020) / 60_000, max: Date.UTC(2040) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (timeZone, minutes) => {
        const shown = wallClockOf(minutes * 60_000, timeZone);
        expect(wallClockOf(instantOf(shown, timeZone), timeZone)).toEqual(shown);
      }),
    );
  });
});

test('knows which days exist and their weekday', () => {
  expect(isCalendarDay(2028, 2, 29)).toBe(true);
  expect(isCalendarDay(2026, 2, 29)).toBe(false);
  expect(isCalendarDay(2026, 11, 31)).toBe(false);
  expect(isCalendarDay(2026, 13, 1)).toBe(false);
  expect(weekdayOf(2026, 11, 28)).toBe(6);
});
