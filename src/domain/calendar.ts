/** The city's own calendar: its days, its epochs and the hours in which it may call on people. */
import { instantOf, wallClockOf } from '../lib/zone.ts';
import type { City } from './city.ts';

const EPOCH_MONTHS = 3;

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** The day of the city, `YYYY-MM-DD`, at a time (ms). */
export function dayOf(at: number, timeZone: string): string {
  const { year, month, day } = wallClockOf(at, timeZone);
  return `${year}-${twoDigits(month)}-${twoDigits(day)}`;
}

/** The epoch at a time (ms): three months of the city's calendar, such as `2026-Q4`. */
export function epochOf(at: number, timeZone: string): string {
  const { year, month } = wallClockOf(at, timeZone);
  return `${year}-Q${Math.floor((month - 1) / EPOCH_MONTHS) + 1}`;
}

/**
 * When a message nobody asked for may be sent: now, or when the city's contact hours begin again
 * (ms). Source: channels.md, Quiet hours.
 */
export function nextContactTime(
  now: number,
  city: Pick<City, 'timeZone' | 'contactHours'>,
): number {
  const wall = wallClockOf(now, city.timeZone);
  const { from, to } = city.contactHours;
  if (wall.hour >= from && wall.hour < to) return now;
  const day = wall.hour < from ? wall.day : wall.day + 1;
  return instantOf({ ...wall, day, hour: from, minute: 0 }, city.timeZone);
}
