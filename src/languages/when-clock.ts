/** Finds the times of day in text of the notation (see `createPlainWhen`). */
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';

/** Minutes since the day's midnight; past 1440 is the day after. */
export type ClockTimes = {
  readonly start: number;
  readonly end: number | null;
  /** Where a length was said instead of an end. */
  readonly lengthMs: number | null;
  /** It starts at a midnight that is the day's first or its last. */
  readonly isMidnight: boolean;
};

/**
 * `twelve`: 12 in the morning, noon or midnight. `backwards`: the end lies before the start, or
 * nearly a day after it, so that one of the two is a slip.
 */
type Slip = 'twelve' | 'backwards' | 'unclear';

/** `rest` is the text without them. */
type ClockFound = {
  readonly times: ClockTimes | 'none' | Slip;
  readonly rest: string;
};

type Part = 'morning' | 'afternoon' | 'evening' | 'night' | 'dawn';
type Moment = {
  /** The minutes of the day this can mean: one, or morning and afternoon. */
  readonly can: readonly number[];
  /** Says by itself that it is a time: colon, am/pm, h, noon; a bare 9 does not. */
  readonly isMarked: boolean;
  /** Says by itself which half of the day it is in. */
  readonly isWhole: boolean;
  readonly is24Hour: boolean;
  /** A midnight that is the day's first or its last. */
  readonly isMidnight: boolean;
  /** The parts of the day that were said of it: all of them hold. */
  readonly parts: readonly PartOfDay[];
};

const DAY_MINUTES = 24 * 60;
const HALF_DAY = 12 * 60;
/** A night of 12 hours, and one more where the clocks change in it. */
const OVERNIGHT_MINUTES_MAX = 13 * 60;

type PartOfDay = { readonly from: number; readonly until: number; readonly end: number };

/** When something can start in a part of the day, and the last minute at which it can end. */
const PARTS: Readonly<Record<Part, PartOfDay>> = {
  morning: { from: 60, until: 719, end: 720 },
  afternoon: { from: 720, until: 21 * 60, end: 21 * 60 },
  evening: { from: 16 * 60, until: DAY_MINUTES, end: DAY_MINUTES },
  night: { from: 18 * 60, until: DAY_MINUTES, end: 30 * 60 },
  dawn: { from: 0, until: 419, end: 420 },
};
/** A bare hour from 1 to 6 is in the afternoon: nobody plants trees at three in the morning. */
const BY_DAY = { from: 7 * 60, until: 19 * 60 - 1 };

const PART = `(?:${Object.keys(PARTS).join('|')})`;
const ONE_PART = new RegExp(`(?<= )${PART}(?= )`);
/** 2026 is a year, but not in 'at 2030' and '1800-2030'. */
const YEAR = '(?:19|20)\\d\\d';
const COMPACT =
  `(?!${YEAR} )\\d{3,4}(?:am|pm|h)?|${YEAR}(?= (?:-|to) \\d{4})|` +
  `(?<=(?: at| from|\\d{4} (?:-|to)) )${YEAR}`;
const TIME = `\\d{1,2}(?:[:.]\\d\\d)?(?::00)?(?:am|pm|[aph])?|${COMPACT}`;
const MOMENT = `((?:\\d{1,2} (?:past|before) )?(?:noon|midnight|${TIME})(?: ${PART})?)(?= )`;
const LEAD = `(?<= )(?:(from|at|${PART}) )?`;
const RANGE = new RegExp(`${LEAD}${MOMENT} (?:-|to) (?:at )?${MOMENT}`);
const SINGLE = new RegExp(`${LEAD}${MOMENT}`, 'g');
const AMOUNT = '(\\d{1,3}(?:[.:]\\d{1,2})?)';
const LENGTH = new RegExp(
  `(?<= )(?<! in )(?:for )?${AMOUNT} (hour|minute)s?(?: (?:and )?(\\d{1,2}) minutes?)?(?= )(?! ago)|` +
    `(?<= )(?:for |(?<=(?:am|pm|:\\d\\d|\\dh|noon|${PART}) ))${AMOUNT}(h)(?: (?:and )?(\\d{1,2}) minutes?)?(?= )`,
);

/** Takes out what says at what time; bare numbers count only as in '9 to 11' and 'at 9'. */
export function takeClock(text: string): ClockFound {
  const length = takeLength(text);
  const range = RANGE.exec(length.rest);
  const found = range ?? findSingle(length.rest);
  const without = found === null ? length.rest : cut(length.rest, found);
  const [part = ''] = ONE_PART.exec(without) ?? [];
  const rest = without.replace(ONE_PART, ' ');
  if (found === null) return { times: length.ms === null ? 'none' : 'unclear', rest };
  const [, lead = '', first = '', last] = found;
  const from = momentOf(first, [lead, part]);
  const to = last === undefined ? undefined : momentOf(last, []);
  if (from === null || to === null) return { times: 'unclear', rest };
  return {
    times: to === undefined ? startingAt(from, length.ms) : spanOf(from, to, length.ms),
    rest,
  };
}

const isPart = (word: string): word is Part => Object.hasOwn(PARTS, word);

const cut = (text: string, found: RegExpExecArray): string =>
  `${text.slice(0, found.index)} ${text.slice(found.index + found[0].length)}`;

function takeLength(text: string): { readonly ms: number | null; readonly rest: string } {
  const found = LENGTH.exec(text);
  if (found === null) return { ms: null, rest: text };
  const [, amount = found[4], unit = found[5], minutes = found[6] ?? '0'] = found;
  return { ms: lengthMs(amount, unit) + Number(minutes) * MINUTE_MS, rest: cut(text, found) };
}

/** '1.5' and '1:30' hours, or minutes. */
export function lengthMs(amount = '', unit = ''): number {
  const [whole = '', minutes = '0'] = amount.split(':');
  const ms = Number(whole) * (unit.startsWith('h') ? HOUR_MS : MINUTE_MS);
  return Math.round(ms) + Number(minutes) * MINUTE_MS;
}

const findSingle = (text: string): RegExpExecArray | null =>
  [...text.matchAll(SINGLE)].find(
    ([, lead, time = '']) => lead !== undefined || momentOf(time, [])?.isMarked !== false,
  ) ?? null;

const PARTED = new RegExp(`^(.*?)(?: (${PART}))?$`);
const CLOCK =
  /^(?:(\d{1,2}) (past|before) )?(noon|midnight|\d{1,2}?)([:.]?)([0-5]\d)?(?::00)?([aph])?m?$/;

/** A time in the part of the day that is said with it, and in those that are `given`; null for none. */
function momentOf(text: string, given: readonly string[]): Moment | null {
  const [, time = '', said = ''] = PARTED.exec(text) ?? [];
  const parts = [said, ...given].filter(isPart).map((part) => PARTS[part]);
  const [, shift = '0', way, name = '', sign, minutes = '0', mark = ''] = CLOCK.exec(time) ?? [];
  const hours = hoursOf(name, mark);
  // '5.12' may be a day.
  const isDay = sign === '.' && /^0[1-9]|^1[012]/.test(minutes) && !isHalf(mark);
  const minute = Number(minutes) + (way === 'before' ? -1 : 1) * Number(shift);
  const can = hours.map((hour) => hour * 60 + minute).map((at) => (at < 0 ? at + DAY_MINUTES : at));
  if (can.length === 0 || isDay || Math.max(...can) > DAY_MINUTES) return null;
  const isNamed = /^[a-z]/.test(name);
  return {
    can,
    isMarked: parts.length > 0 || !/^\d{1,2}$/.test(time),
    isWhole: can.length === 1,
    is24Hour: can.length === 1 && !isNamed && !isHalf(mark),
    isMidnight: name === 'midnight' && way !== 'before' && parts.length === 0,
    parts,
  };
}

const isHalf = (mark: string): boolean => mark === 'a' || mark === 'p';

/** The hours of the day that '9', '09', '9h', '9am' or 'noon' can be: none, one or two. */
function hoursOf(name: string, mark: string): number[] {
  if (name === 'noon') return [12];
  if (name === 'midnight') return [0];
  if (name === '') return [];
  const hour = Number(name);
  const is24Hour = hour > 12 || name.startsWith('0') || mark === 'h';
  if (is24Hour && !isHalf(mark)) return [hour];
  if (hour === 0 || hour > 12) return [];
  if (isHalf(mark)) return [(hour % 12) + (mark === 'p' ? 12 : 0)];
  return [hour % 12, (hour % 12) + 12];
}

/** On the day, and on the next one. */
const spread = (can: readonly number[]): number[] => [
  ...can,
  ...can.map((minutes) => minutes + DAY_MINUTES),
];

/** When it can start: in the part of the day that was said, or by day. */
function startsOf(moment: Moment): readonly number[] {
  const { can, parts, isWhole } = moment;
  if (parts.length > 0) {
    return spread(can).filter((at) => parts.every((part) => at >= part.from && at <= part.until));
  }
  if (isWhole) return can;
  return can.filter((minutes) => minutes >= BY_DAY.from && minutes <= BY_DAY.until);
}

const noStart = ({ can, parts: [part] }: Moment): Slip =>
  part === PARTS.morning && can.every((at) => at % HALF_DAY < 60) ? 'twelve' : 'unclear';

function startingAt(moment: Moment, lengthMs: number | null): ClockTimes | Slip {
  const [start] = startsOf(moment);
  if (start === undefined) return noStart(moment);
  return { start, end: null, lengthMs, isMidnight: moment.isMidnight };
}

/**
 * From one moment to another: the shortest span that can be meant. What says the half of the day at
 * the end says it of both: '9 to 11pm', '10 to 12 in the morning', '10 to 2pm'.
 */
function spanOf(from: Moment, to: Moment, lengthMs: number | null): ClockTimes | Slip {
  const isLent = from.parts.length === 0 && (to.isWhole || to.parts.length > 0);
  const starts = isLent ? from.can : startsOf(from);
  if (starts.length === 0) return noStart(from);
  const spans = starts.flatMap((start) => endsOf(from, to, start).map((end) => ({ start, end })));
  const [span] = spans.sort((one, other) => one.end - one.start - (other.end - other.start));
  if (span === undefined) return 'unclear';
  const minutes = span.end - span.start;
  if (span.end > DAY_MINUTES && minutes > OVERNIGHT_MINUTES_MAX) return 'backwards';
  if (lengthMs !== null && lengthMs !== minutes * MINUTE_MS) return 'unclear';
  return { ...span, lengthMs: null, isMidnight: from.isMidnight };
}

function endsOf(from: Moment, to: Moment, start: number): readonly number[] {
  const isInPart = (at: number) => to.parts.every((part) => at >= part.from && at <= part.end);
  // After 0:10 by the 24-hour clock 12:30 is past noon.
  const isPastNoon = from.is24Hour && start < 60 && !to.isWhole;
  const can = to.can
    .filter((at) => isInPart(at) || isInPart(at + DAY_MINUTES))
    .filter((at) => !isPastNoon || at >= 60);
  return spread(can).filter((end) => end > start);
}
