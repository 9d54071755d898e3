/** What becomes due on a task, and when (domain.md, The day of a task). */
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import { type TaskFacts, taskEnd } from './task.ts';

type Day = Pick<TaskFacts, 'startsAt' | 'endsAt' | 'isAnyTime'>;

const DAY_BEFORE_MS = DAY_MS;
const HOURS_BEFORE_MS = 2 * HOUR_MS;
/** The hour before the start, in which the first who answers has a slot that comes free. */
const LAST_HOUR_MS = HOUR_MS;
const ABSENT_AFTER_MS = 2 * HOUR_MS;
const CHECK_IN_BEFORE_MS = HOUR_MS;
const CHECK_IN_AFTER_MS = 2 * HOUR_MS;
const EVIDENCE_BEFORE_MS = HOUR_MS;
const EVIDENCE_AFTER_MS = 48 * HOUR_MS;
const CLOSES_AFTER_MS = 72 * HOUR_MS;
/** How long the organizer may correct who was absent. */
const CORRECTED_WITHIN_MS = 72 * HOUR_MS;
/** The longest that an offered slot is kept. */
const OFFER_MS_MAX = 2 * HOUR_MS;

/** The moments of a task's day, in order: something becomes due at each. */
type MomentName = 'day-before' | 'hours-before' | 'last-hour' | 'end' | 'absence' | 'closing';

export type TaskMoment = { readonly name: MomentName; readonly at: number };

function momentsOf(task: Day): readonly TaskMoment[] {
  const { startsAt } = task;
  const end = taskEnd(task);
  return [
    { name: 'day-before', at: startsAt - DAY_BEFORE_MS },
    { name: 'hours-before', at: startsAt - HOURS_BEFORE_MS },
    { name: 'last-hour', at: startsAt - LAST_HOUR_MS },
    { name: 'end', at: end },
    { name: 'absence', at: end + ABSENT_AFTER_MS },
    { name: 'closing', at: end + CLOSES_AFTER_MS },
  ];
}

/** The first moment of a task after a time (ms); undefined when nothing is to come. */
export const momentAfter = (task: Day, time: number): TaskMoment | undefined =>
  momentsOf(task).find(({ at }) => at > time);

/** The moment that a task has come to at a time (ms); undefined before the first. */
export const momentAt = (task: Day, time: number): TaskMoment | undefined =>
  momentsOf(task).findLast(({ at }) => at <= time);

/** How many reminders somebody need not get who has a slot from `now` (ms) on. */
export function remindersPast(task: Day, now: number): number {
  if (now >= task.startsAt - HOURS_BEFORE_MS) return 2;
  return now >= task.startsAt - DAY_BEFORE_MS ? 1 : 0;
}

/** How a slot that comes free is given to those who stand by; undefined after the end. */
export type Promotion =
  | { readonly kind: 'at-once' }
  /** It is kept for the next until then (ms). */
  | { readonly kind: 'offer'; readonly until: number }
  | { readonly kind: 'first-come' };

/** `toldAt` is when people can be told of it (ms): their time to answer begins then. */
export function promotionAt(task: Day, now: number, toldAt: number): Promotion | undefined {
  if (now >= taskEnd(task)) return undefined;
  if (task.isAnyTime === 1) return { kind: 'at-once' };
  const left = task.startsAt - now;
  if (left > DAY_BEFORE_MS) return { kind: 'at-once' };
  if (left <= LAST_HOUR_MS || task.startsAt - toldAt <= LAST_HOUR_MS) return { kind: 'first-come' };
  const answerMs = Math.min(OFFER_MS_MAX, (task.startsAt - toldAt) / 2);
  return { kind: 'offer', until: toldAt + Math.floor(answerMs / MINUTE_MS) * MINUTE_MS };
}

/** When people can be checked in at a task (ms), from and until. */
export const checkInWindow = (task: Day) => ({
  from: task.startsAt - CHECK_IN_BEFORE_MS,
  until: taskEnd(task) + CHECK_IN_AFTER_MS,
});

/** When evidence of a task is taken (ms), from and until; a check-in opens it too. */
export const evidenceWindow = (task: Day) => ({
  from: task.isAnyTime === 1 ? Number.NEGATIVE_INFINITY : task.startsAt - EVIDENCE_BEFORE_MS,
  until: taskEnd(task) + EVIDENCE_AFTER_MS,
});

/** A claim on a task without a fixed time lapses when nothing was heard of it for so long. */
export const LAPSES_AFTER_MS = 72 * HOUR_MS;

/** Until when the organizer may correct who was absent (ms). */
export const attendanceUntil = (task: Day): number =>
  taskEnd(task) + ABSENT_AFTER_MS + CORRECTED_WITHIN_MS;

/** Was a slot given so late that nobody is marked absent for it? */
export const isLateSlot = (task: Day, slotAt: number): boolean =>
  task.isAnyTime === 1 || slotAt >= task.startsAt - LAST_HOUR_MS;
