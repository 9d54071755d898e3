/** A task that comes again every week (domain.md, The day of a task). */
import { DAY_MS } from '../lib/clock.ts';
import { instantOf, wallClockOf } from '../lib/zone.ts';
import { dayOf } from './calendar.ts';

const WEEK_DAYS = 7;
const HOUR_MINUTES = 60;
/** Dates are announced so far ahead. */
const AHEAD_DAYS = 28;

/** When a date of a series begins and ends, in minutes of the city's day; it may end on the next. */
export type SeriesTimes = { readonly startMinute: number; readonly endMinute: number | null };

/** Adds days to a day, `YYYY-MM-DD`. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between two days. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** The date of a series a week after another. */
export const nextDate = (day: string): string => addDays(day, WEEK_DAYS);

/** The last day of which a date is announced by now. */
export const aheadUntil = (now: number, timeZone: string): string =>
  addDays(dayOf(now, timeZone), AHEAD_DAYS);

/** The times of a series whose first date begins and ends then (ms). */
export function timesOfSeries(
  { startsAt, endsAt }: { readonly startsAt: number; readonly endsAt: number | null },
  timeZone: string,
): SeriesTimes {
  const minuteOf = (at: number): number => {
    const { hour, minute } = wallClockOf(at, timeZone);
    const days = daysBetween(dayOf(startsAt, timeZone), dayOf(at, timeZone));
    return (days * 24 + hour) * HOUR_MINUTES + minute;
  };
  return { startMinute: minuteOf(startsAt), endMinute: endsAt === null ? null : minuteOf(endsAt) };
}

/** What the record of a date tells of its series. */
export const seriesFacts = (
  series: { readonly key: string; readonly lastDay: string },
  span: { readonly startsAt: number; readonly endsAt: number | null },
  timeZone: string,
) => ({
  key: series.key,
  lastDay: series.lastDay,
  day: dayOf(span.startsAt, timeZone),
  ...timesOfSeries(span, timeZone),
});

/** When a date of a series begins and ends (ms), by the city's clock, also where that is changed. */
export function spanOn(day: string, { startMinute, endMinute }: SeriesTimes, timeZone: string) {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = (minute: number): number =>
    instantOf({ year, month, day: date, hour: 0, minute }, timeZone);
  return { startsAt: at(startMinute), endsAt: endMinute === null ? null : at(endMinute) };
}
