/** Dates and times on pages: the reader's language, the city's clock. */
import type { PageLanguage } from '../languages/pages.ts';

export type TimeFormat = {
  /** From one ISO time to another, or the one alone. */
  readonly range: (startsAt: string, endsAt: string | undefined) => string;
};

const made = new Map<string, TimeFormat>();

/** Formats are costly to make and are kept. */
export function timeFormat({ locale }: PageLanguage, timeZone: string): TimeFormat {
  const key = `${locale} ${timeZone}`;
  const known = made.get(key);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat(locale, {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  });
  const formats: TimeFormat = {
    range: (startsAt, endsAt) => {
      const from = new Date(startsAt);
      return endsAt === undefined
        ? format.format(from)
        : format.formatRange(from, new Date(endsAt));
    },
  };
  made.set(key, formats);
  return formats;
}
