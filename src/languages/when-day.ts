/** Finds the day in text of the notation (see `createPlainWhen`). Days are those of the city's calendar. */
import { casual } from 'chrono-node/en';
import { DAY_MS } from '../lib/clock.ts';
import { isCalendarDay, type WallClock, weekdayOf as weekdayOfDay } from '../lib/zone.ts';

export type Day = { readonly year: number; readonly month: number; readonly day: number };

type DayFound =
  /** `isWeekly`: a bare weekday, which next week has too. */
  | { readonly kind: 'day'; readonly day: Day; readonly isWeekly: boolean }
  /** Nothing in the text says a day. */
  | { readonly kind: 'none' }
  /** The day that is named falls on another weekday than the one named with it. */
  | { readonly kind: 'other-weekday'; readonly day: Day }
  /** 'Next sunday' on a Saturday: some mean tomorrow, others a week later. */
  | { readonly kind: 'two-days'; readonly day: Day; readonly other: Day }
  | { readonly kind: 'unclear' };

const UNCLEAR: DayFound = { kind: 'unclear' };
const NONE: DayFound = { kind: 'none' };

const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const MONTHS = [
  ...['january', 'february', 'march', 'april', 'may', 'june', 'july'],
  ...['august', 'september', 'october', 'november', 'december'],
];
const WEEKDAY = `(?:${WEEKDAYS.join('|')})`;
const MONTH = `(?:${MONTHS.join('|')})`;
const NUMBER = '(?:\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?: (?:19|20)\\d\\d)?(?= )';
/** In '9-11 dec 5' the 11 is a time, and '5-7 dec' are days that nobody can be told to come on. */
const AFTER_TIME = '(?<!(?:at|past|before|\\d\\w* (?:-|to))(?: the)? )';
const NO_SPAN = '(?= )(?! (?:-|to) (?:the )?\\d{1,2}(?:st|nd|rd|th)? )';
/** What makes a time of the number before it. */
const TIMELY = 'past|before|morning|afternoon|evening|night|dawn|hours?|minutes?';
const DAY = new RegExp(
  `(?<= )(?:${AFTER_TIME}(?:the )?(?<dayFirst>${NUMBER} ${MONTH}${YEAR})` +
    `|(?<monthFirst>${MONTH} (?:the )?${NUMBER}${NO_SPAN}${YEAR})` +
    `|(?:the (?<the>${NUMBER})|(?<nth>\\d{1,2}(?:st|nd|rd|th)))${NO_SPAN}` +
    // 'Sat 28 9am', but 'sat 5 to 7' are hours.
    `|(?<=${WEEKDAY} )(?<after>2[5-9]|3[01]|\\d{1,2}(?! (?:-|to) ))(?= )(?! (?:${TIMELY}|${MONTH}) )` +
    '|(?<near>today|tomorrow|yesterday|in \\d{1,3} (?:day|week|month)s?|' +
    '\\d{1,3} (?:day|week|month)s? (?:ago|from now))(?= )' +
    `|(?:(?<which>next week|next|this|last|coming|week from) )?(?<weekday>${WEEKDAY})(?<week> next week)?(?= ))`,
  'g',
);

/** 'Wed 30' on Saturday the 28th is not that Monday: it is a month later. */
const NEAR_DAYS = 35;

type Phrases = Readonly<Record<string, string | undefined>>;

const NUMERIC = new RegExp(
  '(?<![^ ])(?:(?<isoYear>\\d{4})[-/.](?<isoMonth>\\d{1,2})[-/.](?<isoDay>\\d{1,2})(?:t(?= ))?' +
    '|(?<one>\\d{1,2})(?:/(?<other>\\d{1,2})(?:/(?<year>\\d{4}|\\d{2}))?' +
    '|(?<sign>[-.])(?<second>\\d{1,2})\\k<sign>(?<third>\\d{4}|\\d{2})))(?![\\w/.])',
  'g',
);
const HYPHENED = new RegExp(`(?<=(?<![^ ])\\d{1,2})[-/](?=${MONTH})|(?<=${MONTH})[-/](?=\\d)`, 'g');

/** '2026-12-05', '28/11' and '11/28/26' as '5 december 2026', so that they are not read as times. */
export function spellDates(text: string, isMonthFirst: boolean): string {
  return text.replace(HYPHENED, ' ').replace(NUMERIC, (...found) => {
    const { isoYear, isoMonth, isoDay, one, other, second, ...said }: Phrases = found.at(-1);
    const year = isoYear ?? said['year'] ?? said['third'] ?? '';
    const [first, last] = [Number(one ?? isoMonth), Number(other ?? second ?? isoDay)];
    // 28/11 is 28 November everywhere; 5/11 depends on who writes it.
    const isMonth = isoYear !== undefined || (first <= 12 && (isMonthFirst || last > 12));
    const month = MONTHS[(isMonth ? first : last) - 1] ?? 'unclear';
    return ` ${isMonth ? last : first} ${month} ${year.length === 2 ? `20${year}` : year} `;
  });
}

/** Takes out what says a day; `find` says which, seen from `now` (what the city's clock shows). */
export function takeDay(text: string): {
  readonly rest: string;
  readonly find: (now: WallClock, hasTime: boolean) => DayFound;
} {
  const said = [...text.matchAll(DAY)].map(({ groups = {} }): Phrases => groups);
  return {
    rest: text.replace(DAY, '').replace(/ {2,}/g, ' '),
    find: (now, hasTime) => {
      // 'Sat 9' lacks a word: the ninth of a month, or nine o'clock.
      const phrases = hasTime ? said : said.filter(({ after }) => after === undefined);
      return findDay(phrases, now);
    },
  };
}

function findDay(said: readonly Phrases[], now: WallClock): DayFound {
  const [named, ...more] = said.filter(({ weekday }) => weekday !== undefined);
  const [dated, ...others] = said.filter(({ weekday }) => weekday === undefined);
  if (more.length > 0 || others.length > 0) return UNCLEAR;
  const weekday = WEEKDAYS.indexOf(named?.['weekday'] ?? '');
  if (dated === undefined) return named === undefined ? NONE : nextWeekday(named, weekday, now);
  const days = daysOf(dated, now);
  const falls = (day: Day) => named === undefined || weekday === weekdayOf(day);
  const [day = days[0]] = days.filter(falls);
  if (day === undefined) return UNCLEAR;
  return falls(day) ? { kind: 'day', day, isWeekly: false } : { kind: 'other-weekday', day };
}

/** The days that are meant, the likeliest first. */
function daysOf({ dayFirst, monthFirst, the, nth, after, near }: Phrases, now: WallClock): Day[] {
  const number = the ?? nth ?? after;
  if (number !== undefined) return nextOfNumber(Number.parseInt(number, 10), now);
  const phrase = (dayFirst ?? monthFirst ?? near ?? '').replace(' the ', ' ').trim();
  // chrono reckons with the machine's own zone; at noon no zone skips a day.
  const [result] = casual.parse(phrase, new Date(now.year, now.month - 1, now.day, 12));
  // Where it reads less than all of it, it has guessed.
  if (result === undefined || result.text.length < phrase.length) return [];
  const { start } = result;
  if (near === undefined && !start.isCertain('day')) return [];
  // Without a year the closest such day: in January '12/20' is a month ago, not eleven ahead.
  const isYearless = near === undefined && !start.isCertain('year');
  const years = isYearless ? [now.year, now.year + 1, now.year - 1] : [start.get('year') ?? 0];
  const [month, day] = [start.get('month') ?? 0, start.get('day') ?? 0];
  const away = (each: Day) => Math.abs(epochDay(each) - epochDay(now));
  return years
    .map((year) => ({ year, month, day }))
    .filter(exists)
    .sort((one, other) => away(one) - away(other))
    .slice(0, 1);
}

/** 'The 28th': the next day of that number, and one more that is near. */
function nextOfNumber(day: number, now: WallClock): Day[] {
  return [0, 1, 2, 3]
    .map((ahead) => now.month - 1 + ahead)
    .map((month) => ({ year: now.year + Math.floor(month / 12), month: (month % 12) + 1, day }))
    .filter((each) => exists(each) && epochDay(each) >= epochDay(now))
    .filter((each, at) => at === 0 || epochDay(each) <= epochDay(now) + NEAR_DAYS);
}

/**
 * The next such weekday, which may be today. 'Next saturday' is the coming one where that is next
 * week's too; where it is still this week's, some mean it and some the one after.
 */
function nextWeekday({ which, week }: Phrases, weekday: number, now: WallClock): DayFound {
  const today = weekdayOf(now);
  const ahead = (weekday - today + 7) % 7;
  const on = (count: number, isWeekly = false): DayFound => ({
    kind: 'day',
    day: addDays(now, count),
    isWeekly,
  });
  if (which === 'last') return on(ahead - 7);
  if (which === 'week from') return on(ahead + 7);
  const isNextWeek = which === 'next week' || week !== undefined;
  if (which !== 'next' && which !== 'coming' && !isNextWeek) return on(ahead, true);
  // Weeks begin on Monday for some, on Sunday for others.
  const weeks = [7 - ((today + 6) % 7) + ((weekday + 6) % 7), 7 - today + weekday];
  // And who does not say tomorrow for the coming day may mean the one after.
  const later = which === 'coming' ? (ahead === 1 ? [8] : []) : weeks;
  const readings = [...(isNextWeek ? [] : [ahead || 7]), ...later];
  const [first, last] = [Math.min(...readings), Math.max(...readings)];
  if (first === last) return on(first);
  return { kind: 'two-days', day: addDays(now, first), other: addDays(now, last) };
}

const exists = ({ year, month, day }: Day): boolean => isCalendarDay(year, month, day);
const weekdayOf = ({ year, month, day }: Day): number => weekdayOfDay(year, month, day);

const epochDay = (day: Day): number => Date.UTC(day.year, day.month - 1, day.day) / DAY_MS;

/** The day `count` days later. */
export function addDays(day: Day, count: number): Day {
  const date = new Date((epochDay(day) + count) * DAY_MS);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}
