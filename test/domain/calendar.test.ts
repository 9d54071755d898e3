import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochAt, monthsOver } from '../../src/domain/calendar.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const epochOf = (time: string, timeZone = 'America/Los_Angeles') => {
  const { name, startsAt, endsAt } = epochAt(Date.parse(time), timeZone);
  return [name, iso(startsAt), iso(endsAt)];
};

describe('the epoch at a time', () => {
  test('is three months of the calendar, by the midnights of the city', () => {
    const autumn = ['2026-Q4', '2026-10-01T07:00:00.000Z', '2027-01-01T08:00:00.000Z'];
    expect(epochOf('2026-11-22T12:00:00Z')).toEqual(autumn);
    expect(epochOf('2026-10-01T07:00:00.000Z')).toEqual(autumn);
    expect(epochOf('2027-01-01T07:59:59.999Z')).toEqual(autumn);
    expect(epochOf('2027-01-01T08:00:00.000Z')[0]).toBe('2027-Q1');
    expect(epochOf('2026-10-01T06:59:59.999Z')).toEqual([
      '2026-Q3',
      '2026-07-01T07:00:00.000Z',
      '2026-10-01T07:00:00.000Z',
    ]);
  });

  test('begins with the first moment of its day where midnight itself is skipped', () => {
    expect(epochOf('2023-10-01T04:00:00.000Z', 'America/Asuncion')).toEqual([
      '2023-Q4',
      '2023-10-01T04:00:00.000Z',
      '2024-01-01T03:00:00.000Z',
    ]);
    expect(epochOf('2023-10-01T03:59:59.999Z', 'America/Asuncion')[0]).toBe('2023-Q3');
  });

  test('holds that time, and the one after it begins where it ends, in every time zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const time = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, (timeZone, at) => {
        const epoch = epochAt(at, timeZone);
        expect(epoch.startsAt).toBeLessThanOrEqual(at);
        expect(epoch.endsAt).toBeGreaterThan(at);
        expect(epochAt(epoch.startsAt, timeZone)).toEqual(epoch);
        expect(epochAt(epoch.endsAt - 1, timeZone)).toEqual(epoch);
        expect(epochAt(epoch.endsAt, timeZone).startsAt).toBe(epoch.endsAt);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('the months that are over', () => {
  const timeZone = 'America/Los_Angeles';
  const over = (from: string, now: string) =>
    monthsOver(Date.parse(from), Date.parse(now), timeZone).map((month) => [
      month.name,
      iso(month.from),
      iso(month.until),
    ]);

  test('run from the month of the first time to the last one that has ended', () => {
    expect(over('2026-11-22T12:00:00Z', '2027-02-14T12:00:00Z')).toEqual([
      ['November 2026', '2026-11-01T07:00:00.000Z', '2026-12-01T08:00:00.000Z'],
      ['December 2026', '2026-12-01T08:00:00.000Z', '2027-01-01T08:00:00.000Z'],
      ['January 2027', '2027-01-01T08:00:00.000Z', '2027-02-01T08:00:00.000Z'],
    ]);
  });

  test('begin and end by the midnights of the city', () => {
    expect(over('2026-11-01T06:59:59.999Z', '2026-11-01T06:59:59.999Z')).toEqual([]);
    expect(over('2026-11-01T06:59:59.999Z', '2026-11-01T07:00:00Z').map(([name]) => name)).toEqual([
      'October 2026',
    ]);
    expect(over('2026-11-01T07:00:00Z', '2026-12-01T07:59:59.999Z')).toEqual([]);
  });

  test('are none where the first time is still to come', () => {
    expect(over('2027-05-01T12:00:00Z', '2026-11-22T12:00:00Z')).toEqual([]);
  });

  test('follow one another without a gap, in every time zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const time = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2040, 0) });
    const days = fc.integer({ min: 0, max: 1500 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), time, days, (timeZone, from, later) => {
        const now = from + later * 86_400_000;
        const months = monthsOver(from, now, timeZone);
        for (const [index, month] of months.entries()) {
          expect(month.from).toBe(index === 0 ? month.from : months[index - 1]?.until);
          const middle = new Date((month.from + month.until) / 2);
          const shown = { timeZone, month: 'long', year: 'numeric' } as const;
          expect(month.name).toBe(middle.toLocaleDateString('en-US', shown));
        }
        const last = months.at(-1);
        if (last === undefined) return;
        expect(months[0]?.from).toBeLessThanOrEqual(from);
        expect(last.until).toBeLessThanOrEqual(now);
        expect(monthsOver(last.until, now, timeZone)).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
