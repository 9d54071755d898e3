import type { TaskTimes } from '../../domain/task.ts';
import * as lexicon from '../../lexicons/org/city-sync/civic/task.defs.ts';
import type { StrongRef } from '../strong-ref.ts';
import { actor } from './delegation.ts';
import { cut, datetime, reference, type Times, times } from './fields.ts';

export type TaskFacts = Times & {
  /** The number that people say. */
  readonly number: number;
  readonly title: string;
  readonly issuer: StrongRef;
  readonly place: string;
  /** The record of the same place; absent for a task that was announced before places had any. */
  readonly location?: StrongRef;
  /** The Bluesky post that announces the task; absent where there is none. */
  readonly post?: StrongRef;
  /** Times in ms; a task without an end has null. */
  readonly startsAt: number;
  readonly endsAt: number | null;
  readonly credits: number;
  readonly creditKind: string;
  readonly slots: number;
  readonly status: 'open' | 'closed' | 'called-off';
  /** Why it was called off, and what else people should know; empty for nothing. */
  readonly reason?: string;
  readonly note?: string;
  /** The area of the city; null where nobody knows. */
  readonly area?: string | null;
  /** 1 for a task without a fixed time. */
  readonly isAnyTime?: number;
  /** The series that it is a date of; absent for a task by itself. */
  readonly series?: SeriesFacts;
  /** When and where it was to be before each change, the oldest first. */
  readonly changes?: readonly TaskTimes[];
  /** The participant id of who announced it; null where nobody is known. */
  readonly by?: string | null;
};

type SeriesFacts = {
  /** What all its dates have in common. */
  readonly key: string;
  /** This date, and the last on which there may be one, `YYYY-MM-DD`. */
  readonly day: string;
  readonly lastDay: string;
  readonly startMinute: number;
  readonly endMinute: number | null;
};

/** The record of a task, when it is announced, changed or closed. */
export const task = {
  lexicon,
  build: (task: TaskFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    title: cut(task.title, 200, 2000),
    number: task.number,
    issuer: reference(task.issuer),
    place: cut(task.place, 200, 2000),
    ...(task.location === undefined ? {} : { location: reference(task.location) }),
    ...(task.post === undefined ? {} : { post: reference(task.post) }),
    startsAt: datetime(task.startsAt),
    ...(task.endsAt === null ? {} : { endsAt: datetime(task.endsAt) }),
    credits: task.credits,
    creditKind: task.creditKind,
    slots: task.slots,
    status: task.status,
    ...(task.reason ? { reason: cut(task.reason, 300, 3000) } : {}),
    ...(task.note ? { note: cut(task.note, 300, 3000) } : {}),
    ...(task.area ? { area: cut(task.area, 100, 1000) } : {}),
    ...(task.isAnyTime === 1 ? { anyTime: true } : {}),
    ...(task.series && { series: seriesOf(task.series) }),
    ...(task.changes?.length ? { changes: task.changes.map(before) } : {}),
    ...actor(task.by),
    ...times(task),
  }),
  summarize: ({ number, title, status }: lexicon.Main) => `#${number} ${title}, ${status}`,
} as const;

const seriesOf = ({ key, day, lastDay, startMinute, endMinute }: SeriesFacts): lexicon.Series => ({
  key,
  day,
  lastDay,
  startMinute,
  ...(endMinute === null ? {} : { endMinute }),
});

const before = ({ until, startsAt, endsAt, place, slots }: TaskTimes): lexicon.Before => ({
  changedAt: datetime(until),
  startsAt: datetime(startsAt),
  ...(endsAt === null ? {} : { endsAt: datetime(endsAt) }),
  place: cut(place, 200, 2000),
  slots,
});
