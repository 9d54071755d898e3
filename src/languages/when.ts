/** Dates and times as a person reads them, in their language and the city's time zone. */
import { TZDate } from '@date-fns/tz';
import { format } from 'date-fns/format';
import { enUS } from 'date-fns/locale/en-US';
import { es } from 'date-fns/locale/es';
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import type { Language } from './languages.ts';

/** How a moment may be written. `day` 'Sat, Nov 28', `date` 'Nov 28', `full` with the year. */
export type MomentStyle = 'day' | 'dayYear' | 'date' | 'full' | 'time';

const LOCALES = { en: enUS, es } as const;

const PATTERNS: Readonly<Record<Language, Readonly<Record<MomentStyle, string>>>> = {
  en: {
    day: 'EEE, MMM d',
    dayYear: 'EEE, MMM d, yyyy',
    date: 'MMM d',
    full: 'EEEE, MMMM d, yyyy',
    time: 'h:mm a',
  },
  es: {
    day: 'EEE d MMM',
    dayYear: 'EEE d MMM yyyy',
    date: 'd MMM',
    full: "EEEE d 'de' MMMM 'de' yyyy",
    time: 'H:mm',
  },
};

/** Nearer than this a day needs no year: it is the closest day of that name. */
const YEAR_NEEDED_MS = 180 * DAY_MS;
/** A night's work is written with one day: 'Sat, Nov 28, 10:00 PM–2:00 AM'. */
const ONE_DAY_MS = 12 * HOUR_MS;

/** One moment in one style, e.g. `formatMoment('es', 'America/Mexico_City', ms, 'day')`. */
export const formatMoment = (
  language: Language,
  timeZone: string,
  ms: number,
  style: MomentStyle,
): string =>
  format(new TZDate(ms, timeZone), PATTERNS[language][style], { locale: LOCALES[language] });

/**
 * When something happens: 'Sat, Nov 28, 9:00–11:00 AM' or 'sáb 28 nov, 9:00–11:00'. Without an
 * end only the start. With `nowMs` the year is added to a day so far from now that it would
 * otherwise be taken for another year's; what comes out is then understood by `parseWhen`.
 */
export function formatWhen(
  language: Language,
  timeZone: string,
  startMs: number,
  endMs: number | null = null,
  nowMs: number = startMs,
): string {
  const dayStyle = Math.abs(startMs - nowMs) > YEAR_NEEDED_MS ? 'dayYear' : 'day';
  const at = (ms: number, style: MomentStyle) => formatMoment(language, timeZone, ms, style);
  const day = at(startMs, dayStyle);
  const start = at(startMs, 'time');
  if (endMs === null) return `${day}, ${start}`;
  const endDay = at(endMs, dayStyle);
  const end = at(endMs, 'time');
  if (endDay !== day && endMs - startMs > ONE_DAY_MS) {
    return `${day}, ${start} – ${endDay}, ${end}`;
  }
  const half = language === 'en' ? start.slice(-3) : '';
  const shortStart =
    half !== '' && end.endsWith(half) && endDay === day ? start.slice(0, -3) : start;
  return `${day}, ${shortStart}–${end}`;
}
