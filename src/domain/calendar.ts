/** The city's own calendar: its days, its epochs and the hours in which it may call on people. */
import { instantOf, wallClockOf } from '../lib/zone.ts';
import type { City, Hours } from './city.ts';

const EPOCH_MONTHS = 3;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The day of the city, `YYYY-MM-DD`, at a time (ms). */
export function dayOf(at: number, timeZone: string): string {
  const { year, month, day } = wallClockOf(at, timeZone);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** The day of the city around a time (ms), by its own midnights; `until` is the next one's already. */
export function daySpan(
  at: number,
  timeZone: string,
): { readonly from: number; readonly until: number } {
  const { year, month, day } = wallClockOf(at, timeZone);
  const midnight = (ahead: number): number =>
    instantOf({ year, month, day: day + ahead, hour: 0, minute: 0 }, timeZone);
  return { from: midnight(0), until: midnight(1) };
}

/** A stretch of the city's calendar under one set of caps (domain.md, Epochs). */
export type Epoch = {
  /** Such as `2026-Q4`. */
  readonly name: string;
  /** In ms; `endsAt` belongs to the next one already. */
  readonly startsAt: number;
  readonly endsAt: number;
};

/** The epoch at a time (ms): three months of the city's calendar, by its own midnights. */
export function epochAt(at: number, timeZone: string): Epoch {
  const { year, month } = wallClockOf(at, timeZone);
  return quarterOf(year, Math.floor((month - 1) / EPOCH_MONTHS), timeZone);
}

/** The one that follows an epoch. */
export const epochAfter = ({ endsAt }: Epoch, timeZone: string): Epoch => epochAt(endsAt, timeZone);

/** The epoch with a name such as `2026-Q4`. */
export function epochNamed(name: string, timeZone: string): Epoch {
  const [, year, quarter] = /^(\d{4})-Q([1-4])$/.exec(name) ?? [];
  if (year === undefined) throw new Error(`epochNamed: ${name}`);
  return quarterOf(Number(year), Number(quarter) - 1, timeZone);
}

function quarterOf(year: number, quarter: number, timeZone: string): Epoch {
  const firstOf = (index: number): number =>
    instantOf({ year, month: index * EPOCH_MONTHS + 1, day: 1, hour: 0, minute: 0 }, timeZone);
  return {
    name: `${year}-Q${quarter + 1}`,
    startsAt: firstOf(quarter),
    endsAt: firstOf(quarter + 1),
  };
}

/** A calendar month of the city. */
export type Month = {
  /** In English, as public records name it: `November 2026`. */
  readonly name: string;
  /** In ms; `until` belongs to the next one already. */
  readonly from: number;
  readonly until: number;
};

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** The months of the city's calendar that held `from` or came after it, and are over at `now` (ms). */
export function monthsOver(from: number, now: number, timeZone: string): readonly Month[] {
  const { year, month } = wallClockOf(from, timeZone);
  const firstOf = (index: number): number =>
    instantOf({ year, month: index + 1, day: 1, hour: 0, minute: 0 }, timeZone);
  const months: Month[] = [];
  for (let index = month - 1; firstOf(index + 1) <= now; index += 1) {
    const name = `${MONTHS[index % 12]} ${year + Math.floor(index / 12)}`;
    months.push({ name, from: firstOf(index), until: firstOf(index + 1) });
  }
  return months;
}

/**
 * The time (ms) at which a message nobody asked for may be sent: now, or when the city's contact
 * hours begin again. Source: channels.md, Quiet hours.
 */
export const nextContactTime = (
  now: number,
  { timeZone, contactHours }: Pick<City, 'timeZone' | 'contactHours'>,
): number => nextTimeWithin(contactHours, now, timeZone);

/** From 07:00 to 22:00, where a city says nothing else. */
const SERVICE_HOURS: Hours = { from: 7, to: 22 };

/**
 * The time (ms) at which people may be told about a task that they joined: now, or when the city's
 * hours of service begin again. Source: domain.md, The day of a task.
 */
export const serviceTime = (
  now: number,
  { timeZone, serviceHours = SERVICE_HOURS }: Pick<City, 'timeZone' | 'serviceHours'>,
): number => nextTimeWithin(serviceHours, now, timeZone);

/** Now, or when these hours of the day begin again. */
function nextTimeWithin({ from, to }: Hours, now: number, timeZone: string): number {
  const wall = wallClockOf(now, timeZone);
  if (wall.hour >= from && wall.hour < to) return now;
  const day = wall.hour < from ? wall.day : wall.day + 1;
  return instantOf({ ...wall, day, hour: from, minute: 0 }, timeZone);
}
