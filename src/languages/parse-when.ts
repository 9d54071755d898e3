/** Reads when something is to happen, as people write it. */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { instantOf, type WallClock, wallClockOf } from '../lib/zone.ts';
import type { Language, LanguagePack } from './language.ts';
import { type ClockFound, type ClockTimes, takeClock } from './when-clock.ts';
import { addDays, type Day, splitNumericDay, takeDay } from './when-day.ts';
import { createPlainWhen } from './when-words.ts';

/** Milliseconds since 1970; `endMs` is null where only the start was said. */
type When = { readonly startMs: number; readonly endMs: number | null };

/** Why a time was not taken. Params that are dates are milliseconds. */
type WhenRefusal = Refusal & {
  readonly code:
    | 'when-unclear'
    /** A day without a time of day; params `day`: the start of that day. */
    | 'when-no-time'
    /** params `start`. */
    | 'when-past'
    | 'when-backwards'
    /** params `start`. */
    | 'when-too-far'
    /** 'Fri Nov 28' where that is a Saturday; params `day`. */
    | 'when-weekday';
};

/** Whose words these are, where the city is, and what time it is (milliseconds). */
type WhenContext = {
  readonly language: Language;
  readonly timeZone: string;
  readonly now: number;
};

export type ParseWhen = (text: string, context: WhenContext) => Result<When, WhenRefusal>;

/** All that reading a date takes. */
type Words = Pick<LanguagePack, 'tag' | 'dates'>;

/** A text in the notation, and how its numbers are read. */
type Plain = {
  readonly text: string;
  readonly isMonthFirst: boolean;
  readonly timeZone: string;
  readonly now: number;
};

/** Nobody needs more to say when; longer text is not searched. */
const TEXT_LENGTH_MAX = 200;
const AHEAD_MAX_MS = 2 * 366 * DAY_MS;

/**
 * Reads 'sat 9am-11am', 'Nov 28 9:00-12:00', 'mañana 9 a 11', 'el próximo viernes a las 5 de la
 * tarde', 'next friday at 5pm for 2 hours', 'in 2 hours': every language, whichever is set.
 *
 * - Times are the city's, right across clock changes.
 * - Of 5/11 the language tells which is the month. A date without a year is the closest one, and a
 *   bare weekday the next one. A time without a day is the next such time.
 * - A bare hour from 1 to 6 is in the afternoon; '9 to 11pm' and '11-1' are two hours each.
 * - What remains of the text is ignored unless it speaks of time: better to ask than to guess.
 *
 * The start lies after `now` and within two years, the end after the start; anything else is
 * refused with its reason.
 */
export function createParseWhen(languages: readonly Words[]): ParseWhen {
  const plainWhen = createPlainWhen(languages);
  const monthFirst = new Set(
    languages.flatMap(({ tag, dates }) => (dates.isMonthFirst ? [tag] : [])),
  );
  return (text, { language, timeZone, now }) => {
    if (text.length > TEXT_LENGTH_MAX) return refuse('when-unclear');
    const isMonthFirst = monthFirst.has(language);
    const plain: Plain = { text: plainWhen(text, language), isMonthFirst, timeZone, now };
    const whole = readWhen(plain);
    if (whole.ok || whole.refusal.code !== 'when-unclear') return inFuture(whole, now);
    return inFuture(readTwoDays(plain), now);
  };
}

const IN_A_WHILE =
  /^in (\d{1,3}(?:\.\d{1,2})?) ?(hours?|h|minutes?|mins?)(?: for (\d{1,3}(?:\.\d{1,2})?) ?(hours?|h|minutes?|mins?))?$/;

const lengthMs = (amount: string, unit: string): number =>
  Math.round(Number(amount) * (unit.startsWith('h') ? HOUR_MS : MINUTE_MS));

function readWhen(plain: Plain): Result<When, WhenRefusal> {
  const soon = IN_A_WHILE.exec(plain.text);
  if (soon !== null) {
    const [, amount = '', unit = '', long, longUnit = ''] = soon;
    // To the minute: nobody means the seconds.
    const startMs = Math.ceil((plain.now + lengthMs(amount, unit)) / MINUTE_MS) * MINUTE_MS;
    return ok({ startMs, endMs: long === undefined ? null : startMs + lengthMs(long, longUnit) });
  }
  const { date, rest } = splitNumericDay(plain.text);
  const clock = takeClock(rest);
  if (clock.kind === 'unclear') return refuse('when-unclear');
  if (clock.kind === 'backwards') return refuse('when-backwards');
  const today = wallClockOf(plain.now, plain.timeZone);
  const found = takeDay(`${date} ${clock.rest}`, plain.isMonthFirst, today);
  const startOfDay = (day: Day) => instantOf({ ...day, hour: 0, minute: 0 }, plain.timeZone);
  switch (found.kind) {
    case 'unclear':
      return refuse('when-unclear');
    case 'other-weekday':
      return refuse('when-weekday', { day: startOfDay(found.day) });
    case 'none': {
      if (clock.kind === 'none') return refuse('when-unclear');
      return ok(nextTime(clock, today, 1, plain));
    }
    case 'day':
      if (clock.kind === 'none') return refuse('when-no-time', { day: startOfDay(found.day) });
      if (found.weekly) return ok(nextTime(clock, found.day, 7, plain));
      return ok(timeOn(clock, found.day, plain));
  }
}

type Times = ClockFound & { readonly kind: 'times' };

/** That time on the given day, or `everyDays` later when it has passed. */
function nextTime(times: Times, day: Day, everyDays: number, plain: Plain): When {
  const first = timeOn(times, day, plain);
  return first.startMs > plain.now ? first : timeOn(times, addDays(day, everyDays), plain);
}

function timeOn(times: Times, day: Day, plain: Plain): When {
  const { start, end }: ClockTimes = times.times;
  const at = (minutes: number) => {
    const wall: WallClock = { ...day, hour: 0, minute: minutes };
    return instantOf(wall, plain.timeZone);
  };
  const startMs = at(start);
  if (times.lengthMs !== null) return { startMs, endMs: startMs + times.lengthMs };
  return { startMs, endMs: end === null ? null : at(end) };
}

/** 'nov 28 10pm - nov 30 2am': both ends with their day. */
function readTwoDays(plain: Plain): Result<When, WhenRefusal> {
  const { text } = plain;
  for (const separator of text.matchAll(/ ?- | to /g)) {
    const from = readWhen({ ...plain, text: text.slice(0, separator.index) });
    const to = readWhen({ ...plain, text: text.slice(separator.index + separator[0].length) });
    const areSingle = from.ok && to.ok && from.value.endMs === null && to.value.endMs === null;
    if (areSingle) return ok({ startMs: from.value.startMs, endMs: to.value.startMs });
  }
  return refuse('when-unclear');
}

function inFuture(read: Result<When, WhenRefusal>, now: number): Result<When, WhenRefusal> {
  if (!read.ok) return read;
  const { startMs, endMs } = read.value;
  if (startMs <= now) return refuse('when-past', { start: startMs });
  if ((endMs ?? startMs) > now + AHEAD_MAX_MS) return refuse('when-too-far', { start: startMs });
  if (endMs !== null && endMs <= startMs) return refuse('when-backwards');
  return read;
}
