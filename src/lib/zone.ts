/** Between instants and what the clock on a city's wall shows, also where the clocks change. */
import { tzOffset } from '@date-fns/tz';
import { DAY_MS, MINUTE_MS } from './clock.ts';
import { createMemo } from './memo.ts';

/** What calendar and clock show in some time zone. Months count from 1, hours from 0. */
export type WallClock = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
};

/** No zone changes its clocks but at the full quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
const ZONES_KEPT = 100;
const OFFSETS_KEPT = 5000;

/** Asking for an offset costs more than all the arithmetic on it: the answers are kept. */
const zones = createMemo(ZONES_KEPT, (timeZone: string) =>
  createMemo(
    OFFSETS_KEPT,
    (quarter: number) => tzOffset(timeZone, new Date(quarter * QUARTER_MS)) * MINUTE_MS,
  ),
);

const offsetMs = (ms: number, timeZone: string): number =>
  zones(timeZone)(Math.floor(ms / QUARTER_MS));

/** What the clock shows in `timeZone` (an IANA name) at the instant `ms`. */
export function wallClockOf(ms: number, timeZone: string): WallClock {
  const shifted = new Date(ms + offsetMs(ms, timeZone));
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
  };
}

/**
 * The instant, in milliseconds, at which the clock in `timeZone` shows `wall`. A time that comes
 * twice when clocks go back is the first of the two; a time that is skipped when they go forward
 * is as much later as was skipped (2:30 becomes 3:30), as calendars everywhere do it. Minutes
 * outside 0–59, hours outside 0–23 and days outside the month roll over.
 */
export function instantOf(wall: WallClock, timeZone: string): number {
  const [first] = instantsOf(wall, timeZone);
  return first ?? asUtc(wall) - offsetMs(asUtc(wall) - DAY_MS, timeZone);
}

const asUtc = ({ year, month, day, hour, minute }: WallClock): number =>
  Date.UTC(year, month - 1, day, hour, minute);

/**
 * All instants at which the clock in `timeZone` shows `wall`, in order: none for a time that is
 * skipped when clocks go forward, two for one that comes twice when they go back.
 */
export function instantsOf(wall: WallClock, timeZone: string): readonly number[] {
  const shown = asUtc(wall);
  const offsets = [shown - DAY_MS, shown + DAY_MS].map((ms) => offsetMs(ms, timeZone));
  return [...new Set(offsets)]
    .map((offset) => shown - offset)
    .filter((instant) => offsetMs(instant, timeZone) === shown - instant);
}

/** Whether year, month (from 1) and day name a day that exists. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** 0 for Sunday to 6 for Saturday. */
export const weekdayOf = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay();
