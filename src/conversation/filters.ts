/** Reads what tasks somebody wants: areas, days and words, in every language. */
import { format } from 'date-fns/format';
import { type Area, areaAmong } from '../domain/area.ts';
import { ALL_TASKS, dayNumber, type TaskFilter } from '../domain/task-filter.ts';
import type { LanguagePack } from '../languages/language.ts';
import { foldWords } from '../lib/text.ts';
import { createPhrases, smallWords, type Word, wordsIn } from './small-words.ts';

/** No text names more. */
const AREAS_MAX = 10;
const WEEKEND = [0, 6];
const WORKDAYS = [1, 2, 3, 4, 5];

type Surroundings = {
  readonly areas: readonly Area[];
  readonly now: number;
  readonly timeZone: string;
};

/** What a phrase for days adds to a filter that is read on the day `today`. */
type Days = (today: number) => Pick<TaskFilter, 'days' | 'dates'>;

const weekly =
  (...days: readonly number[]): Days =>
  () => ({ days, dates: [] });
const dated =
  (from: (today: number) => readonly number[]): Days =>
  (today) => ({
    days: [],
    dates: from(today),
  });

/** Saturday and Sunday, this one also on its last day. */
function weekendAfter(today: number): readonly number[] {
  // Day 2 of 1970 was a Saturday.
  const sinceSaturday = (((today - 2) % 7) + 7) % 7;
  const saturday = sinceSaturday === 1 ? today - 1 : today + ((7 - sinceSaturday) % 7);
  return [saturday, saturday + 1];
}

/** The words for days of one language, folded. */
function daysOf({ dates: { locale, days } }: Pick<LanguagePack, 'dates'>): [string, Days][] {
  const names = Array.from({ length: 7 }, (_, day) => {
    // A week that begins on a Sunday.
    const date = new Date(2026, 1, 1 + day);
    const long = foldWords(format(date, 'EEEE', { locale }));
    const short = foldWords(format(date, 'EEE', { locale }));
    return { day, said: [...new Set([long, `${long}S`, short])] };
  });
  const phrases = (said: readonly string[], meant: Days): [string, Days][] =>
    said.map((phrase) => [foldWords(phrase), meant]);
  const isShared = (short: string): boolean => days.unclear.includes(short);
  return [
    ...names.flatMap(({ day, said }) =>
      phrases(
        said.filter((name) => !isShared(name)),
        weekly(day),
      ),
    ),
    ...phrases(days.weekends, weekly(...WEEKEND)),
    ...phrases(days.weekdays, weekly(...WORKDAYS)),
    ...phrases(
      days.today,
      dated((today) => [today]),
    ),
    ...phrases(
      days.tomorrow,
      dated((today) => [today + 1]),
    ),
    ...phrases(days.thisWeekend, dated(weekendAfter)),
  ];
}

export function createFilters(languages: readonly LanguagePack[]) {
  const meant = new Map(languages.flatMap(daysOf));
  const days = createPhrases([...meant.keys()]);
  const small = createPhrases(
    smallWords(languages, 'before', 'articles', 'between', 'after', 'and', 'or'),
  );
  return {
    /** What a text chooses; small words choose nothing. */
    filter: (text: string, { areas, now, timeZone }: Surroundings): TaskFilter => {
      const named = takeAreas(text, areas);
      const today = dayNumber(now, timeZone);
      let filter: TaskFilter = { ...ALL_TASKS, areas: named.areas };
      const words = wordsIn(named.rest);
      for (let at = 0; at < words.length; ) {
        const count = days.lengthAt(words, at);
        const phrase = phraseAt(words, at, count);
        const added = meant.get(phrase)?.(today);
        const skipped = small.lengthAt(words, at);
        if (added !== undefined) {
          filter = {
            ...filter,
            days: [...new Set([...filter.days, ...added.days])],
            dates: [...new Set([...filter.dates, ...added.dates])],
          };
        } else if (skipped === 0) {
          filter = { ...filter, words: [...filter.words, phraseAt(words, at, 1).toLowerCase()] };
        }
        at += count || skipped || 1;
      }
      return filter;
    },
  };
}

const phraseAt = (words: readonly Word[], at: number, count: number): string =>
  words
    .slice(at, at + count)
    .map(({ folded }) => folded)
    .join(' ');

/** The areas that a text names, one after another, and what it says besides. */
function takeAreas(
  text: string,
  areas: readonly Area[],
): { readonly areas: readonly string[]; readonly rest: string } {
  const named: string[] = [];
  let rest = text;
  while (named.length < AREAS_MAX) {
    const found = areaAmong(rest, areas);
    if (found === undefined) break;
    named.push(found.area.name);
    rest = found.rest;
  }
  return { areas: [...new Set(named)], rest };
}
