/**
 * Reads when something is to happen, as people write it. An earlier version was shorter because it
 * passed over what it did not know; here no word that could belong to a time is ever ignored.
 * chrono-node passes over words too (it reads `december 32` as December 2032), so each of its results
 * is checked.
 */
import { DAY_MS, MINUTE_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { instantOf, instantsOf, wallClockOf } from '../lib/zone.ts';
import type { Language, LanguagePack } from './language.ts';
import { type ClockTimes, lengthMs, takeClock } from './when-clock.ts';
import { addDays, type Day, spellDates, takeDay } from './when-day.ts';
import { createPlainWhen, foldWhen } from './when-words.ts';
import { takeZone, type Zone } from './when-zone.ts';

/** Milliseconds since 1970; `endMs` is null where only the start was said. */
export type When = {
  readonly startMs: number;
  readonly endMs: number | null;
  /** It has no fixed time: it can be done whenever until its end. */
  readonly isAnyTime?: true;
  /** It comes again every week until then; the times are those of the first date. */
  readonly weeklyUntilMs?: number;
  /** Where it was said by another zone's clock: which, and when the city's clock shows that start. */
  readonly elsewhere?: { readonly zone: Zone; readonly saidMs: number };
};

/** Why a time was not taken. Params that are dates are milliseconds. */
type WhenRefusal = Refusal & {
  readonly code:
    | 'when-unclear'
    /** A word means nothing here; params `word`, as it was written. */
    | 'when-word'
    /** A day without a time of day; params `day`: the start of that day. */
    | 'when-no-time'
    /** 'Next sunday' on a Saturday; params `day` and `other`. */
    | 'when-two-days'
    /** Midnight before a day or after it; params `day` and `next`. */
    | 'when-midnight'
    /** '12 in the morning'. */
    /** Every week, and nobody said until when. */
    | 'when-no-last'
    /** 'Every sat until' a day before the first. */
    | 'when-last-early'
    | 'when-twelve'
    /** The clocks go forward past that time, or back so that it comes twice; params `day`. */
    | 'when-skipped'
    | 'when-twice'
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

type Read = Result<When, WhenRefusal>;
export type ParseWhen = (text: string, context: WhenContext) => Read;

/** All that reading a date takes. */
type Words = Pick<LanguagePack, 'tag' | 'dates'>;

/** A text in the notation, how its words were written, and where and when it is read. */
type Plain = WhenContext & {
  readonly text: string;
  readonly folded: string;
  /** By whose clock it is said: another zone's name, or null for the city's. */
  readonly zone: Zone | null;
  readonly there: string;
};

/** Nobody needs more to say when; longer text is not searched. */
const TEXT_LENGTH_MAX = 200;
const AHEAD_MAX_MS = 2 * 366 * DAY_MS;

/**
 * Reads 'sat 9am-11am', 'Nov 28 9:00-12:00', 'mañana 9 a 11', 'el próximo viernes a las 5 de la
 * tarde', 'friday at 5pm for 2 hours', 'in 2 hours': every language, whichever is set. What is read
 * how is in `test/languages/when`, phrase by phrase.
 *
 * - Every word and number has to be understood. What is not, or means two things, is refused with
 *   what to write instead: better to ask than to guess. So chrono, which guesses, reads only whole
 *   phrases that say a day.
 * - Times are the city's, right across clock changes; those of another zone are converted.
 * - Of 5/11 the language tells which is the month. A date without a year is the closest one, and a
 *   bare weekday the next one. A time without a day is the next such time.
 * - A bare hour from 1 to 6 is in the afternoon. What is said at the end of a span holds for both
 *   its ends: '9 to 11pm' and '10 to 12 in the morning' are two hours, '11-1' too.
 *
 * The start lies after `now` and within two years, the end after the start.
 */
export function createParseWhen(languages: readonly Words[]): ParseWhen {
  const plainWhen = createPlainWhen(languages);
  const monthFirst = new Set(
    languages.flatMap(({ tag, dates }) => (dates.isMonthFirst ? [tag] : [])),
  );
  const anyTime = languages.flatMap(({ dates }) => dates.anyTime.map(foldWhen));
  const weekly = languages.flatMap(({ dates }) => dates.every.map(foldWhen));
  const last = languages.flatMap(({ dates }) => dates.until.map(foldWhen));
  const read: ParseWhen = (text, context) => {
    const { language, now } = context;
    const folded = foldWhen(text);
    const spelled = spellDates(plainWhen(folded, language), monthFirst.has(language));
    const tokens = spelled.replace(/-/g, ' - ').replace(/ {2,}/g, ' ').trim();
    const [offset] = OFFSET.exec(` ${tokens} `) ?? OFFSET_OR_NIGHT.exec(text) ?? [];
    if (offset !== undefined)
      return refuse('when-word', { word: offset.replace(/\s/g, '').toUpperCase() });
    const { rest, zone, timeZone: there } = takeZone(` ${tokens} `, context.timeZone);
    const plain: Plain = { ...context, text: rest, folded, zone, there };
    const whole = readWhen(plain);
    if (whole.ok || !/unclear|word/.test(whole.refusal.code)) return inFuture(whole, now);
    const both = readTwoDays(plain);
    return inFuture(both.ok ? both : whole, now);
  };
  return (text, context) => {
    if (text.length > TEXT_LENGTH_MAX) return refuse('when-unclear');
    const folded = foldWhen(text).trim();
    const said = anyTime.find((words) => folded.startsWith(words));
    if (said !== undefined) return untilThen(read(afterWords(folded, said), context), context);
    const every = weekly.find((words) => folded.startsWith(`${words} `));
    return every === undefined
      ? read(text, context)
      : everyWeek(afterWords(folded, every), { until: last, read, context });
  };
}

const afterWords = (text: string, words: string): string =>
  text.slice(words.length).replace(/^[ :]+/u, '');

/** 'sat 9-11 until dec 20': the first date, and the last day. */
function everyWeek(
  text: string,
  {
    until: words,
    read,
    context,
  }: {
    readonly until: readonly string[];
    readonly read: ParseWhen;
    readonly context: WhenContext;
  },
): Read {
  const found = words
    .map((word) => ({ word, at: text.lastIndexOf(` ${word} `) }))
    .toSorted((one, other) => other.at - one.at)[0];
  const isSaid = found !== undefined && found.at >= 0;
  const first = read(isSaid ? text.slice(0, found.at) : text, context);
  if (!first.ok) return first;
  if (!isSaid) return refuse('when-no-last');
  const last = untilThen(read(text.slice(found.at + found.word.length + 2), context), context);
  if (!last.ok) return last;
  const weeklyUntilMs = last.value.endMs ?? 0;
  if (weeklyUntilMs <= first.value.startMs) return refuse('when-last-early');
  return ok({ ...first.value, weeklyUntilMs });
}

/** Whenever until then: until the end of a day of which no time was said. */
function untilThen(until: Read, { now, timeZone }: WhenContext): Read {
  if (until.ok) {
    const { startMs, endMs } = until.value;
    return endMs === null ? ok(anyTimeUntil(startMs, now)) : refuse('when-unclear');
  }
  const { code, params } = until.refusal;
  if (code !== 'when-no-time') return until;
  const wall = wallClockOf(Number(params['day']), timeZone);
  return ok(anyTimeUntil(instantOf({ ...wall, hour: 23, minute: 59 }, timeZone), now));
}

const anyTimeUntil = (endMs: number, now: number): When => ({
  startMs: now,
  endMs,
  isAnyTime: true,
});

/** Clocks that are said by how far they are from another are not converted: 'UTC - 5', '18:00 -0500'. */
const OFFSET =
  /(?<= )utc [-+] ?\d{1,2}(?::?\d\d)?(?= )(?! utc)|(?<=:\d\d )- (?:0\d|1[0-4])[03]0(?= )/;

const LENGTH = '(\\d{1,3}(?:[.:]\\d{1,2})?) ?(hours?|h|minutes?)(?: (\\d{1,2}) minutes)?';
const IN_A_WHILE = new RegExp(`^ (?:in ${LENGTH}|${LENGTH} from now)(?: for ${LENGTH})? $`);

/** Written as clocks in America are: of '18:00-05:00' nobody knows whether it is a night. */
const OFFSET_OR_NIGHT = /(?<=\b(?:1\d|2[0-3]):\d\d(?::\d\d)?)\s{0,9}[-−–]0[4-9]:[03]0(?![:\d])/u;

/** What may stand between what is understood. */
const FILLER = / (?:at|from|-)(?= )/g;
/** '9-11' may be a date. */
const MAYBE_DATE = /^ \d{1,2} - \d{1,2} $/;

function readWhen(plain: Plain): Read {
  const soon = IN_A_WHILE.exec(plain.text);
  if (soon !== null) return ok(inAWhile(soon, plain.now));
  const day = takeDay(plain.text);
  const { times, rest } = takeClock(day.rest);
  const found = day.find(wallClockOf(plain.now, plain.timeZone), times !== 'none');
  if (found.kind === 'unclear') return refuse('when-unclear');
  if (times === 'backwards' || times === 'twelve') return refuse(`when-${times}`);
  if (times === 'unclear' || / (?:-|to) $/.test(plain.text)) return refuse('when-unclear');
  const isNothing = times === 'none' && found.kind === 'none';
  const unknown = rest.replace(FILLER, '').replace(/ {2,}/g, ' ').trim();
  if (unknown !== '' && !isNothing) return notUnderstood(unknown, plain.folded);
  if (isNothing) return refuse('when-unclear');
  const startOf = (of: Day) => instantOf({ ...of, hour: 0, minute: 0 }, plain.timeZone);
  if (found.kind === 'other-weekday') return refuse('when-weekday', { day: startOf(found.day) });
  if (found.kind === 'two-days') {
    return refuse('when-two-days', { day: startOf(found.day), other: startOf(found.other) });
  }
  if (found.kind === 'none' && MAYBE_DATE.test(plain.text)) return refuse('when-unclear');
  if (times !== 'none') return timesOn(found, times, plain);
  return found.kind === 'day'
    ? refuse('when-no-time', { day: startOf(found.day) })
    : refuse('when-unclear');
}

function inAWhile(soon: RegExpExecArray, now: number): When {
  const [first, second, long] = [1, 4, 7].map((at) => {
    const [amount, unit, minutes = '0'] = soon.slice(at, at + 3);
    return amount === undefined ? null : lengthMs(amount, unit) + Number(minutes) * MINUTE_MS;
  });
  // To the minute: nobody means the seconds.
  const startMs = Math.ceil((now + (first ?? second ?? 0)) / MINUTE_MS) * MINUTE_MS;
  return { startMs, endMs: typeof long === 'number' ? startMs + long : null };
}

const CONNECTING = new Set(['and', 'or', 'to', 'for', 'in']);

/** Names a word that means nothing here; those of the notation nobody wrote. */
function notUnderstood(unknown: string, folded: string): Read {
  const written = ` ${folded} `;
  const words = unknown.split(' ').filter((word) => /^\p{Letter}{2,}$/u.test(word));
  const word = words.find((each) => !CONNECTING.has(each) && written.includes(` ${each} `));
  return word === undefined ? refuse('when-unclear') : refuse('when-word', { word });
}

type FoundDay = { readonly kind: 'none' } | { kind: 'day'; day: Day; isWeekly: boolean };

/** The times on that day; where it was not said which, on the next day on which they are to come. */
function timesOn(found: FoundDay, times: ClockTimes, plain: Plain): Read {
  const { now, timeZone } = plain;
  const day = found.kind === 'none' ? wallClockOf(now, timeZone) : found.day;
  const first = timeOn(day, times, plain);
  const isToCome = !first.ok || first.value.startMs > now;
  if (times.isMidnight && found.kind === 'day') {
    if (!isToCome) return timeOn(addDays(day, 1), times, plain);
    const [start = 0, next = 0] = [day, addDays(day, 1)].map((each) =>
      instantOf({ ...each, hour: 0, minute: 0 }, timeZone),
    );
    return refuse('when-midnight', { day: start, next });
  }
  const everyDays = found.kind === 'none' ? 1 : found.isWeekly ? 7 : 0;
  return isToCome || everyDays === 0 ? first : timeOn(addDays(day, everyDays), times, plain);
}

function timeOn(day: Day, { start, end, lengthMs }: ClockTimes, plain: Plain): Read {
  const wallAt = (minute: number) => ({ ...day, hour: 0, minute });
  const instants = [start, ...(end === null ? [] : [end])].map((minute) =>
    instantsOf(wallAt(minute), plain.there),
  );
  const params = { day: instantOf(wallAt(0), plain.timeZone) };
  if (instants.some(({ length }) => length === 0)) return refuse('when-skipped', params);
  if (instants.some(({ length }) => length > 1)) return refuse('when-twice', params);
  const [startMs = 0, endMs = null] = instants.flat();
  const saidMs = instantOf(wallAt(start), plain.timeZone);
  const elsewhere = plain.zone === null || saidMs === startMs ? null : { zone: plain.zone, saidMs };
  return ok({
    startMs,
    endMs: lengthMs === null ? endMs : startMs + lengthMs,
    ...(elsewhere && { elsewhere }),
  });
}

/** 'nov 28 10pm - nov 30 2am': both ends with their day. */
function readTwoDays(plain: Plain): Read {
  const { text } = plain;
  for (const separator of text.matchAll(/ (?:-|to) /g)) {
    const from = readWhen({ ...plain, text: text.slice(0, separator.index + 1) });
    const to = readWhen({ ...plain, text: text.slice(separator.index + separator[0].length - 1) });
    const areSingle = from.ok && to.ok && from.value.endMs === null && to.value.endMs === null;
    if (areSingle) return ok({ ...from.value, endMs: to.value.startMs });
  }
  return refuse('when-unclear');
}

function inFuture(read: Read, now: number): Read {
  if (!read.ok) return read;
  const { startMs, endMs } = read.value;
  if (startMs <= now) return refuse('when-past', { start: startMs });
  if ((endMs ?? startMs) > now + AHEAD_MAX_MS) return refuse('when-too-far', { start: startMs });
  if (endMs !== null && endMs <= startMs) return refuse('when-backwards');
  return read;
}
