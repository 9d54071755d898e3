/** What tasks somebody wants to see, or to be told of. */
import { DAY_MS } from '../lib/clock.ts';
import { foldWords } from '../lib/text.ts';
import { wallClockOf } from '../lib/zone.ts';
import { type TaskFacts, taskEnd } from './task.ts';

/**
 * One of the areas, one of the days, one of the dates, and all of the words; an empty list leaves
 * that open.
 */
export type TaskFilter = {
  /** By their names. */
  readonly areas: readonly string[];
  /** Days of the week, 0 for Sunday to 6. */
  readonly days: readonly number[];
  /** Days of the calendar, counted from 1 January 1970. */
  readonly dates: readonly number[];
  readonly words: readonly string[];
};

export const ALL_TASKS: TaskFilter = { areas: [], days: [], dates: [], words: [] };

/** What a filter looks at. */
export type FilteredTask = Pick<TaskFacts, 'startsAt' | 'endsAt' | 'isAnyTime'> & {
  readonly title: string;
  readonly place: string;
  readonly area: string | null;
};

type Now = { readonly now: number; readonly timeZone: string };

/** The day that it is somewhere, counted from 1 January 1970. */
export function dayNumber(ms: number, timeZone: string): number {
  const { year, month, day } = wallClockOf(ms, timeZone);
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The first day of 1970 was a Thursday. */
const THURSDAY = 4;
const weekdayOf = (day: number): number => (((day + THURSDAY) % 7) + 7) % 7;

/**
 * Does a task suit a filter at `now` (ms)? It is on the day on which it begins by the city's clock; one
 * without a fixed time on all that are left.
 */
export function suits(
  filter: TaskFilter,
  task: FilteredTask,
  issuer: string,
  { now, timeZone }: Now,
): boolean {
  const { areas, days, dates, words } = filter;
  if (areas.length > 0 && (task.area === null || !areas.includes(task.area))) return false;
  const isAnyTime = task.isAnyTime === 1;
  const first = dayNumber(isAnyTime ? Math.max(task.startsAt, now) : task.startsAt, timeZone);
  const last = isAnyTime ? Math.max(first, dayNumber(taskEnd(task) - 1, timeZone)) : first;
  if (dates.length > 0 && !dates.some((date) => first <= date && date <= last)) return false;
  const on = Array.from({ length: Math.min(7, last - first + 1) }, (_, at) =>
    weekdayOf(first + at),
  );
  if (days.length > 0 && !days.some((day) => on.includes(day))) return false;
  if (words.length === 0) return true;
  const text = foldWords(`${task.title} ${task.place} ${issuer}`);
  return words.every((word) => text.includes(foldWords(word)));
}

/** Does a filter leave everything open? */
export const isOpen = ({ areas, days, dates, words }: TaskFilter): boolean =>
  [areas, days, dates, words].every((list) => list.length === 0);

/** A filter as it is kept: the same text for the same choice; null where everything is left open. */
export function writeFilter(filter: TaskFilter): string | null {
  if (isOpen(filter)) return null;
  const sorted = <T>(list: readonly T[]) => [...new Set(list)].toSorted();
  const { areas, days, words } = filter;
  return JSON.stringify({ areas: sorted(areas), days: sorted(days), words: sorted(words) });
}

/** The filter that `writeFilter` wrote. */
export function readFilter(kept: string | null): TaskFilter {
  return kept === null ? ALL_TASKS : { ...ALL_TASKS, ...(JSON.parse(kept) as Partial<TaskFilter>) };
}
