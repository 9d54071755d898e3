/** Finds the day in text of the notation (see `createPlainWhen`). Days are those of the city's calendar. */
import { casual } from 'chrono-node/en';
import { DAY_MS } from '../lib/clock.ts';
import { isCalendarDay, type WallClock, weekdayOf } from '../lib/zone.ts';

export type Day = { readonly year: number; readonly month: number; readonly day: number };

export type DayFound =
  /** `weekly`: a bare weekday, which next week has too. */
  | { readonly kind: 'day'; readonly day: Day; readonly weekly: boolean }
  /** Nothing in the text says a day. */
  | { readonly kind: 'none' }
  /** The day that is named falls on another weekday than the one named with it. */
  | { readonly kind: 'other-weekday'; readonly day: Day }
  | { readonly kind: 'unclear' };

const UNCLEAR: DayFound = { kind: 'unclear' };

const ISO = /(?<![\d:.-])(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/;
const SLASHED =
  /(?<![\d:./-])(\d{1,2})(?:\/(\d{1,2})(?:\/(\d{4}|\d{2}))?|[-.](\d{1,2})[-.](\d{4}))(?![\d/])/;
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const WEEKDAY = /\b(sun|mon|tue|wed|thu|fri|sat)(?:day|s|sday|nesday|r|rs|rsday|urday)?\b/;
const DAY_OF_MONTH = /\bthe (\d{1,2})(?:st|nd|rd|th)?\b|\b(\d{1,2})(?:st|nd|rd|th)\b/;
const WEEKDAY_AND_NUMBER = new RegExp(`${WEEKDAY.source} (\\d{1,2})\\b`);
const VAGUE = /\b(?:this|next|last|past) (?:week|weekend|month|quarter|year)\b|(?<!from )\bnow\b/;
/** A text that names no day may hold nothing else: 'satruday 9am' is not any 9am. */
const FILLER = /^(?:[\s.:/-]|\b(?:at|on|from|the|a|an|to|and|for)\b)*$/;
/** Left over, these say that something about the time was not understood. */
const TIME_WORDS = new RegExp(
  `\\d|${WEEKDAY.source}|\\b(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|` +
    'june|july|august|september|october|november|december|today|tomorrow|yesterday|every|each|' +
    'daily|weekly|monthly|days?|weeks?|weekends?|months?|years?|hours?|minutes?|before|after|ago|' +
    'next|last|noon|midnight|morning|afternoon|evening|night|am|pm|unclear|utc|gmt|[ecmp][sd]t)\\b',
);

/** Which day `text` says, seen from `now` (what the city's clock shows). */
export function takeDay(text: string, isMonthFirst: boolean, now: WallClock): DayFound {
  const numeric = takeNumeric(text, isMonthFirst, now);
  if (numeric === null) return takeNamed(text, now);
  if (numeric.day === null || TIME_WORDS.test(numeric.rest.replace(WEEKDAY, ' '))) return UNCLEAR;
  return checked(numeric.day, WEEKDAY.exec(numeric.rest)?.[1]);
}

/** Takes '2026-12-05', '28/11', '11/28/26' out of the text, so that they are not read as times. */
export function splitNumericDay(text: string): { readonly date: string; readonly rest: string } {
  const found = ISO.exec(text) ?? SLASHED.exec(text);
  if (found === null) return { date: '', rest: text };
  const rest = `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;
  return { date: found[0], rest };
}

function takeNumeric(
  text: string,
  isMonthFirst: boolean,
  now: WallClock,
): { readonly day: Day | null; readonly rest: string } | null {
  const { date, rest } = splitNumericDay(text);
  if (date === '') return null;
  const [first = 0, second = 0, third] = date.split(/[-/.]/).map(Number);
  if (ISO.test(date)) return { day: dayOrNull(first, second, third ?? 0), rest };
  const year = third === undefined || third > 99 ? third : 2000 + third;
  const monthFirst = () => datedDay(year, first, second, now);
  const dayFirst = () => datedDay(year, second, first, now);
  // 28/11 is 28 November everywhere; 5/11 depends on who writes it.
  const day = isMonthFirst ? (monthFirst() ?? dayFirst()) : (dayFirst() ?? monthFirst());
  return { day, rest };
}

function takeNamed(text: string, now: WallClock): DayFound {
  if (VAGUE.test(text) && !WEEKDAY.test(text)) return UNCLEAR;
  // chrono reckons with the machine's own zone; at noon no zone skips a day.
  const noon = new Date(now.year, now.month - 1, now.day, 12);
  const results = casual.parse(text, noon);
  const [result] = results;
  if (result === undefined || !/[a-z]/.test(result.text)) return takeDayOfMonth(text, now);
  const { start, end } = result;
  const leftOver = text.replace(result.text, ' ');
  const numbered = result.start.isCertain('weekday') && !start.isCertain('day');
  if (numbered && /\d/.test(leftOver)) return takeDayOfMonth(text, now);
  if (results.length > 1 || end || start.isCertain('hour') || TIME_WORDS.test(leftOver)) {
    return UNCLEAR;
  }
  const isYearless = start.isCertain('day') && !start.isCertain('year');
  const year = isYearless ? undefined : (start.get('year') ?? 0);
  const day = datedDay(year, start.get('month') ?? 0, start.get('day') ?? 0, now);
  if (day === null) return UNCLEAR;
  if (start.isCertain('day')) return checked(day, WEEKDAY.exec(text)?.[1]);
  if (!start.isCertain('weekday')) return UNCLEAR;
  if (/\blast\b/.test(result.text)) return { kind: 'day', day, weekly: false };
  const isPast = epochDay(day) < epochDay(now);
  return { kind: 'day', day: isPast ? addDays(day, 7) : day, weekly: true };
}

/** 'the 28th' or 'saturday 28': the next day of that number, this month or one after. */
function takeDayOfMonth(text: string, now: WallClock): DayFound {
  const found = DAY_OF_MONTH.exec(text) ?? WEEKDAY_AND_NUMBER.exec(text);
  if (found === null) return FILLER.test(text) ? { kind: 'none' } : UNCLEAR;
  const leftOver = text.replace(found[0], ' ').replace(WEEKDAY, ' ');
  if (TIME_WORDS.test(leftOver)) return UNCLEAR;
  const number = Number(/\d+/.exec(found[0])?.[0]);
  for (let ahead = 0; ahead <= 2; ahead += 1) {
    const month = now.month + ahead;
    const year = month > 12 ? now.year + 1 : now.year;
    const day = dayOrNull(year, month > 12 ? month - 12 : month, number);
    if (day !== null && epochDay(day) >= epochDay(now)) {
      return checked(day, WEEKDAY.exec(text)?.[1]);
    }
  }
  return UNCLEAR;
}

function checked(day: Day, weekday: string | undefined): DayFound {
  const falls = WEEKDAYS[weekdayOf(day.year, day.month, day.day)];
  if (weekday !== undefined && weekday !== falls) return { kind: 'other-weekday', day };
  return { kind: 'day', day, weekly: false };
}

/** Without a year the closest such day: in January '12/20' is a month ago, not eleven ahead. */
function datedDay(
  year: number | undefined,
  month: number,
  day: number,
  now: WallClock,
): Day | null {
  if (year !== undefined) return dayOrNull(year, month, day);
  const days = [now.year, now.year + 1, now.year - 1]
    .map((near) => dayOrNull(near, month, day))
    .filter((near) => near !== null);
  const away = (near: Day) => Math.abs(epochDay(near) - epochDay(now));
  return days.sort((one, other) => away(one) - away(other))[0] ?? null;
}

const dayOrNull = (year: number, month: number, day: number): Day | null =>
  month >= 1 && month <= 12 && isCalendarDay(year, month, day) ? { year, month, day } : null;

const epochDay = (day: Day): number => Date.UTC(day.year, day.month - 1, day.day) / DAY_MS;

/** The day `count` days later. */
export function addDays(day: Day, count: number): Day {
  const date = new Date((epochDay(day) + count) * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
