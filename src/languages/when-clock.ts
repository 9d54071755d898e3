/** Finds the times of day in text of the notation (see `createPlainWhen`). */
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';

/** Minutes since the day's midnight; past 1440 is the day after. */
export type ClockTimes = { readonly start: number; readonly end: number | null };

export type ClockFound =
  /** `rest` is the text without them; `lengthMs` where a length was said instead of an end. */
  | {
      readonly kind: 'times';
      readonly times: ClockTimes;
      readonly lengthMs: number | null;
      readonly rest: string;
    }
  | { readonly kind: 'none'; readonly rest: string }
  /** The end lies before the start, or nearly a day after it: one of the two is a slip. */
  | { readonly kind: 'backwards' }
  | { readonly kind: 'unclear' };

type Half = 'am' | 'pm';
type Moment = {
  /** The minutes of the day this can mean: one, or morning and afternoon. */
  readonly can: readonly number[];
  /** What it is by the 24-hour clock. */
  readonly written: number;
  /** Says by itself that it is a time: colon, am/pm, h, noon; a bare 9 does not. */
  readonly marked: boolean;
  readonly half: Half | null;
};

const DAY_MINUTES = 24 * 60;
const NOON = 12 * 60;
/** A bare hour from 1 to 6 is in the afternoon: nobody plants trees at three in the morning. */
const AFTERNOON_HOUR_MAX = 6;
/** A night of 12 hours, and one more where the clocks change in it. */
const OVERNIGHT_MINUTES_MAX = 13 * 60;

const HOUR = '(?:2[0-4]|[01]?\\d)';
const CLOCK = `(noon|midnight|${HOUR}(?:[:.h][0-5]\\d)?(?::[0-5]\\d)?(?: ?(?:am|pm|hrs|hs|h)|[ap])?)`;
const BEFORE = '(?<![\\w/:.-])';
const AFTER = '(?![\\w/:]|[.-]\\d)';
const RANGE = new RegExp(
  `${BEFORE}(?:(from|at) )?${CLOCK} ?(?:-|to\\b) ?(?:at )?${CLOCK}${AFTER}`,
  'g',
);
const SINGLE = new RegExp(`${BEFORE}(?:(from|at) )?${CLOCK}${AFTER}`, 'g');
const LENGTH =
  /(?<!\bin )(?:\bfor )?(?<![\w:.])(\d{1,3}(?:\.\d{1,2})?) ?(hours?|minutes?|mins?)\b(?: (?:and )?(\d{1,2}) ?(?:minutes?|mins?)\b)?|\bfor (\d{1,3}(?:\.\d{1,2})?) ?(h|hrs?|min|m)\b/;
const MONTH =
  '(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?';
// 'nov 5-7' and '5 to 7 of november' are days; 'dec 5 9-11' and '5 dec 9-11' have theirs already.
const MONTH_BEFORE = new RegExp(`(?<!\\d(?:st|nd|rd|th)? (?:of )?)\\b${MONTH} (?:the )?$`);
const MONTH_AFTER = new RegExp(`^ (?:of )?${MONTH}\\b(?! (?:the )?\\d{1,2}\\b(?!:))`);
const PART_OF_DAY = /\b(morning|afternoon|evening|night)\b/;

/** Takes out what says at what time; bare numbers count only between days, as in '9 to 11'. */
export function takeClock(text: string): ClockFound {
  const length = takeLength(text);
  const part = PART_OF_DAY.exec(length.rest);
  const half = part === null ? null : part[1] === 'morning' ? 'am' : 'pm';
  const plain = length.rest.replace(PART_OF_DAY, ' ');
  const range = findRange(plain);
  if (range !== null) {
    if (length.ms !== null) return { kind: 'unclear' };
    const times = spanOf(range.from, range.to, half);
    if (times === null) return { kind: 'backwards' };
    return { kind: 'times', times, lengthMs: null, rest: cut(plain, range) };
  }
  const singles = [...plain.matchAll(SINGLE)].filter(
    (found) => found[1] !== undefined || momentOf(found[2] ?? '').marked,
  );
  const [single] = singles;
  if (single === undefined) {
    return length.ms === null ? { kind: 'none', rest: plain } : { kind: 'unclear' };
  }
  if (singles.length > 1) return { kind: 'unclear' };
  const start = startOf(momentOf(single[2] ?? ''), half);
  const rest = cut(plain, { index: single.index, length: single[0].length });
  return { kind: 'times', times: { start, end: null }, lengthMs: length.ms, rest };
}

type Found = { readonly index: number; readonly length: number };

const cut = (text: string, found: Found): string =>
  `${text.slice(0, found.index)} ${text.slice(found.index + found.length)}`;

function takeLength(text: string): { readonly ms: number | null; readonly rest: string } {
  const found = LENGTH.exec(text);
  if (found === null || /^ ago\b/.test(text.slice(found.index + found[0].length))) {
    return { ms: null, rest: text };
  }
  const [whole, amount = found[4], unit = found[5], minutes = '0'] = found;
  const unitMs = unit?.startsWith('h') ? HOUR_MS : MINUTE_MS;
  const ms = Math.round(Number(amount) * unitMs) + Number(minutes) * MINUTE_MS;
  return { ms, rest: cut(text, { index: found.index, length: whole.length }) };
}

function findRange(text: string): (Found & { readonly from: Moment; readonly to: Moment }) | null {
  for (const found of text.matchAll(RANGE)) {
    const from = momentOf(found[2] ?? '');
    const to = momentOf(found[3] ?? '');
    const bare = found[1] === undefined && !from.marked && !to.marked;
    const length = found[0].length;
    const days =
      MONTH_BEFORE.test(text.slice(0, found.index)) ||
      MONTH_AFTER.test(text.slice(found.index + length));
    if (!(bare && days)) return { index: found.index, length, from, to };
  }
  return null;
}

function momentOf(text: string): Moment {
  if (text === 'noon') return { can: [NOON], written: NOON, marked: true, half: 'pm' };
  if (text === 'midnight') return { can: [0], written: 0, marked: true, half: 'am' };
  const hour = Number.parseInt(text, 10);
  const minute = Number(/[:.h]([0-5]\d)/.exec(text)?.[1] ?? 0);
  const half = /a/.test(text) ? 'am' : /p/.test(text) ? 'pm' : null;
  const marked = half !== null || /[:h]/.test(text);
  const at = (hours: number) => hours * 60 + minute;
  const written = at(hour);
  if (hour > 12 || hour === 0) return { can: [written], written, marked, half: null };
  const morning = at(hour % 12);
  const afternoon = at((hour % 12) + 12);
  if (half !== null) return { can: [half === 'am' ? morning : afternoon], written, marked, half };
  const is24Hour = /^0|h/.test(text);
  return { can: is24Hour ? [written] : [morning, afternoon], written, marked, half };
}

function startOf(moment: Moment, half: Half | null): number {
  const [first = 0, second = first] = moment.can;
  if (half !== null) return half === 'am' ? first : second;
  const isAfternoon = first < (AFTERNOON_HOUR_MAX + 1) * 60;
  return isAfternoon ? second : first;
}

/** From one moment to another; null when the end cannot follow the start. */
function spanOf(from: Moment, to: Moment, half: Half | null): ClockTimes | null {
  const start = startOfSpan(from, to, half);
  // After '8:30' by the 24-hour clock 12 is noon; else the end is the first that can follow.
  const is24Hour = from.can.length === 1 && from.half === null && to.half === null;
  const ends = to.can.flatMap((minutes) => [minutes, minutes + DAY_MINUTES]);
  const end =
    is24Hour && to.written > start
      ? to.written
      : Math.min(...ends.filter((minutes) => minutes > start));
  if (end > DAY_MINUTES && end - start > OVERNIGHT_MINUTES_MAX) return null;
  return { start, end };
}

function startOfSpan(from: Moment, to: Moment, half: Half | null): number {
  const [first = 0] = from.can;
  if (from.can.length === 1) return first;
  if (to.can.length > 1 || half !== null) return startOf(from, half);
  const [end = 0] = to.can;
  // '9 to 17:00' is written by the 24-hour clock; '9 to 11pm' lends its half to the 9.
  if (to.half === null) return from.written;
  const latest = from.can.filter((minutes) => minutes < (end === 0 ? DAY_MINUTES : end)).at(-1);
  return latest ?? startOf(from, half);
}
