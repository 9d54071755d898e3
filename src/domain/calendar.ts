/** The city's own calendar: its days, its epochs and the hours in which it may call on people. */
import { TZDate } from '@date-fns/tz';
import type { City } from './city.ts';

const EPOCH_MONTHS = 3;

/** The day of the city, `YYYY-MM-DD`, at a time (ms). */
export function dayOf(at: number, timeZone: string): string {
  const date = new TZDate(at, timeZone);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The epoch at a time (ms): three months of the city's calendar, such as `2026-Q4`. */
export function epochOf(at: number, timeZone: string): string {
  const date = new TZDate(at, timeZone);
  return `${date.getFullYear()}-Q${Math.floor(date.getMonth() / EPOCH_MONTHS) + 1}`;
}

/**
 * When a message nobody asked for may be sent: now, or when the city's contact hours begin again
 * (ms). Source: channels.md, Quiet hours.
 */
export function nextContactTime(
  now: number,
  city: Pick<City, 'timeZone' | 'contactHours'>,
): number {
  const date = new TZDate(now, city.timeZone);
  const { from, to } = city.contactHours;
  const hour = date.getHours();
  if (hour >= from && hour < to) return now;
  const days = hour < from ? 0 : 1;
  return new TZDate(
    date.getFullYear(),
    date.getMonth(),
    date.getDate() + days,
    from,
    0,
    0,
    city.timeZone,
  ).getTime();
}
