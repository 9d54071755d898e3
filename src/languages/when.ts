/** Dates and times as a person reads them, in their language and the city's time zone. */
import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import { ownDigits } from './digits.ts';
import type { LanguagePack, MomentStyle } from './language.ts';

/** All that writing a date takes. */
type Writer = Pick<LanguagePack, 'locale' | 'dates'>;

/** Nearer than this a day needs no year: it is the closest day of that name. */
const YEAR_NEEDED_MS = 180 * DAY_MS;
/** A night's work is written with one day: 'Sat, Nov 28, 10:00 PM–2:00 AM'. */
const ONE_DAY_MS = 12 * HOUR_MS;

/** One moment in one style, e.g. `formatMoment(es, 'America/Mexico_City', ms, 'day')`. */
export function formatMoment(
  { locale, dates }: Writer,
  timeZone: string,
  ms: number,
  style: MomentStyle,
): string {
  const written = format(new TZDate(ms, timeZone), dates.patterns[style], { locale: dates.locale });
  return ownDigits(locale, written);
}

/** A span in ms; without an end only its start. `nowMs` is the time of reading. */
export type Span = {
  readonly startMs: number;
  readonly endMs?: number | null;
  readonly nowMs?: number;
};

/**
 * When something happens: 'Sat, Nov 28, 9:00–11:00 AM' or 'sáb 28 nov, 9:00–11:00 a.m.'. With `nowMs`
 * the year is added to a day so far from now that it would otherwise be taken for another year's;
 * what comes out is then understood by `parseWhen`.
 */
export function formatWhen(
  language: Writer,
  timeZone: string,
  { startMs, endMs = null, nowMs = startMs }: Span,
): string {
  const isFar = [startMs, endMs ?? startMs].some((ms) => Math.abs(ms - nowMs) > YEAR_NEEDED_MS);
  const dayStyle = isFar ? 'dayYear' : 'day';
  const at = (ms: number, style: MomentStyle) => formatMoment(language, timeZone, ms, style);
  const day = at(startMs, dayStyle);
  const start = at(startMs, 'time');
  if (endMs === null) return `${day}, ${start}`;
  const endDay = at(endMs, dayStyle);
  const end = at(endMs, 'time');
  if (endDay !== day && endMs - startMs > ONE_DAY_MS) {
    return `${day}, ${start} – ${endDay}, ${end}`;
  }
  const half = language.dates.halves.find((each) => start.endsWith(each) && end.endsWith(each));
  const isSaidOnce = half !== undefined && endDay === day;
  return `${day}, ${isSaidOnce ? start.slice(0, -half.length) : start}–${end}`;
}

const WEEKEND = [0, 6];
const WEEKDAYS = [1, 2, 3, 4, 5];

/** Days of the week, from 0 for Sunday, as people choose by them: 'weekends', 'Monday, Friday'. */
export function formatDays({ dates }: Writer, days: readonly number[]): string {
  const isAll = (group: readonly number[]) => group.every((day) => days.includes(day));
  const groups = [
    { days: WEEKDAYS, said: dates.days.weekdays[0] },
    { days: WEEKEND, said: dates.days.weekends[0] },
  ].filter((group) => isAll(group.days));
  const others = [...WEEKDAYS, ...WEEKEND.toReversed()].filter(
    (day) => days.includes(day) && !groups.some((group) => group.days.includes(day)),
  );
  // A week that begins on a Sunday.
  const nameOf = (day: number) =>
    format(new Date(2026, 1, 1 + day), 'EEEE', { locale: dates.locale });
  return [...groups.map(({ said }) => said), ...others.map(nameOf)].join(', ');
}
