import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { epochAt } from '../../src/domain/calendar.ts';

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
