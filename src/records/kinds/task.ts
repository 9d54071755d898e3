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
  readonly status: 'open' | 'closed';
  /** The participant id of who announced it; null where nobody is known. */
  readonly by?: string | null;
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
    ...actor(task.by),
    ...times(task),
  }),
  summarize: ({ number, title, status }: lexicon.Main) => `#${number} ${title}, ${status}`,
} as const;
