/** Dates and times on pages: the reader's language, the city's clock. */
import type { PageLanguage } from '../languages/pages.ts';
import { createMemo } from '../lib/memo.ts';

/** Formats are costly to make; there is one for each language of a city. */
const FORMATS_KEPT = 100;

const formatOf = createMemo(FORMATS_KEPT, (key: string) => {
  const [locale, timeZone] = key.split(' ');
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
});

/** From one ISO time to another, or the one alone. */
export function showTime(
  { locale }: PageLanguage,
  timeZone: string,
  [from, to]: [string, (string | undefined)?],
) {
  const format = formatOf(`${locale} ${timeZone}`);
  const start = new Date(from);
  return to === undefined ? format.format(start) : format.formatRange(start, new Date(to));
}

const dayFormatOf = createMemo(FORMATS_KEPT, (key: string) => {
  const [locale, timeZone] = key.split(' ');
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'long' });
});

/** The day of a time (ms), with its year. */
export const showDay = ({ locale }: PageLanguage, timeZone: string, at: number): string =>
  dayFormatOf(`${locale} ${timeZone}`).format(at);
