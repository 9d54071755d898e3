/** Carries the day of a task on: what has become due on it is done, each thing once. */

import { dayOf } from '../../domain/calendar.ts';
import { slotSince } from '../../domain/claim.ts';
import { canBeJoined } from '../../domain/task.ts';
import {
  isLateSlot,
  LAPSES_AFTER_MS,
  momentAfter,
  momentAt,
  type TaskMoment,
} from '../../domain/task-day.ts';
import { HOUR_MS } from '../../lib/clock.ts';
import type { Claim } from '../../store/claims.ts';
import type { Partner } from '../../store/partners.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { personsWith } from '../roles.ts';
import { endTask } from './close-task.ts';
import { fillSlots } from './fill-slots.ts';
import { notify } from './notify.ts';
import { stepClaim } from './step-claim.ts';

/** So many are seen to at once: everybody who writes to the city waits meanwhile. */
const AT_ONCE = 256;
/** Evidence that waits keeps a task open: so long until it is looked at again. */
const WAITS_MS = HOUR_MS;

type Due = { readonly task: Task; readonly issuer: Partner };

/** Does what has become due on one task, or lets one offer pass; whether there was anything. */
export function carryOnTasks(context: Context): boolean {
  const { tx, now } = context;
  const [over] = tx.claims.offersOver(now, 1);
  if (over !== undefined) {
    passOver(context, over);
    return true;
  }
  const [due] = tx.tasks.due(now, 1);
  if (due === undefined) return false;
  if (due.task.isAnyTime === 1) lapseClaims(context, due.task);
  const moment = momentAt(due.task, due.task.nextAt ?? now);
  const isDone = moment === undefined || DO[moment.name](context, due, moment);
  if (isDone && moment?.name !== 'closing') {
    tx.tasks.setNext(due.task.id, nextTime(context, due.task, moment));
  }
  return true;
}

/** What has passed unseen, before a task was looked at for the first time, is not made up for. */
function nextTime({ tx, now }: Context, task: Task, moment: TaskMoment | undefined): number | null {
  const last = momentAt(task, now);
  const after = moment === undefined && last?.name !== 'closing' ? now : (moment?.at ?? 0);
  const next = momentAfter(task, after)?.at ?? null;
  const lapse = task.isAnyTime === 1 ? firstLapse(tx, task.id) : null;
  return lapse === null || next === null ? next : Math.min(next, Math.max(lapse, now + 1));
}

/** Each answers whether it is done: else it goes on in the next turn. */
const DO: Readonly<
  Record<TaskMoment['name'], (context: Context, due: Due, moment: TaskMoment) => boolean>
> = {
  'day-before': (context, due, moment) => remind(context, due, moment, 'reminder-day'),
  'hours-before': (context, due, moment) => {
    const isDone = remind(context, due, moment, 'reminder-hours');
    if (isDone) tellOrganizers(context, due);
    return isDone;
  },
  'last-hour': (context, { task }) => {
    if (canBeJoined(task, context.now)) fillSlots(context, task.id);
    return true;
  },
  end: (context, { task }) => {
    for (const { claim } of context.tx.claims.inState(task.id, 'offered', AT_ONCE)) {
      stepClaim(context, claim, 'pass-over');
    }
    return true;
  },
  absence: (context, { task }) => markAbsent(context, task),
  closing: close,
};

/** When the first claim on a task without a fixed time lapses (ms); null for none. */
function firstLapse(tx: Context['tx'], taskId: number): number | null {
  const times = IDLE.flatMap((state) =>
    tx.claims.inState(taskId, state, AT_ONCE).map(({ claim }) => idleSince(claim)),
  );
  return times.length === 0 ? null : Math.min(...times) + LAPSES_AFTER_MS;
}

const IDLE = ['joined', 'confirmed'] as const;
const idleSince = (claim: Claim): number => claim.steps.at(-1)?.at ?? claim.createdAt;

/** Claims of which nothing was heard for three days: their slots are free again. */
function lapseClaims(context: Context, task: Task): void {
  const { tx, now } = context;
  let freed = false;
  for (const state of IDLE) {
    for (const { claim } of tx.claims.inState(task.id, state, AT_ONCE)) {
      if (idleSince(claim) + LAPSES_AFTER_MS > now) continue;
      stepClaim(context, claim, 'lapse');
      notify(context, 'lapsed', { personId: claim.personId, task });
      freed = true;
    }
  }
  if (freed) fillSlots(context, task.id);
}

/** An offered slot was not taken in time: it goes to the next. */
function passOver(context: Context, claim: Claim): void {
  const task = context.tx.tasks.get(claim.taskId);
  if (task === undefined) throw new Error('passOver: an offer of nothing');
  stepClaim(context, claim, 'pass-over');
  notify(context, 'offer-over', { personId: claim.personId, task });
  fillSlots(context, task.id);
}

const REMINDERS = { 'reminder-day': 1, 'reminder-hours': 2 } as const;

/** Reminds those who had their slot before the moment: once for several tasks on one day. */
function remind(
  context: Context,
  { task }: Due,
  { at }: TaskMoment,
  kind: keyof typeof REMINDERS,
): boolean {
  const { tx, now } = context;
  const count = REMINDERS[kind];
  const found = tx.claims.unreminded(task.id, count, AT_ONCE);
  for (const claim of found) {
    tx.claims.setReminded(claim.id, count);
    const since = slotSince(claim.steps) ?? claim.createdAt;
    // After a time in which nothing ran, a reminder may be of no use any more.
    if (since > at || task.startsAt <= now) continue;
    notify(context, kind, { personId: claim.personId, task });
    if (kind === 'reminder-day') remindOfOthers(context, claim, task);
  }
  return found.length < AT_ONCE;
}

/** The person's other tasks on that day belong into the same message. */
function remindOfOthers({ city, ...context }: Context, claim: Claim, task: Task): void {
  const { tx, now } = context;
  const day = dayOf(task.startsAt, city.timeZone);
  for (const other of tx.claims.of(claim.personId)) {
    const isComing = other.claim.state === 'joined' || other.claim.state === 'confirmed';
    const isThatDay = dayOf(other.task.startsAt, city.timeZone) === day;
    if (other.claim.id === claim.id || !isComing || !isThatDay) continue;
    if (other.claim.reminded > 0 || other.task.startsAt <= now) continue;
    tx.claims.setReminded(other.claim.id, 1);
    notify({ city, ...context }, 'reminder-day', { personId: claim.personId, task: other.task });
  }
}

/** The organizers get the code that is shown on site, and how many people come. */
function tellOrganizers(context: Context, { task, issuer }: Due): void {
  if (task.startsAt <= context.now) return;
  const all = personsWith(context, issuer, 'roster');
  const told = all.includes(task.createdBy) ? [task.createdBy] : all;
  for (const personId of told) notify(context, 'organizer-hours', { personId, task });
}

/**
 * Marks who neither came nor sent evidence, if anybody was checked in at all; never for who got the
 * slot in the last hour.
 */
function markAbsent(context: Context, task: Task): boolean {
  const { tx } = context;
  if (!tx.claims.isAnybodyThere(task.id)) return true;
  for (const state of ['joined', 'confirmed'] as const) {
    for (const { claim } of tx.claims.inState(task.id, state, task.slots)) {
      if (isLateSlot(task, slotSince(claim.steps) ?? claim.createdAt)) continue;
      stepClaim(context, claim, 'miss');
      notify(context, 'absent', { personId: claim.personId, task });
    }
  }
  return true;
}

/** A task closes by itself when no evidence waits. */
function close(context: Context, due: Due): boolean {
  const { tx, now } = context;
  const { task } = due;
  const waits = tx.claims.countsOn(task.id).some(({ state }) => state === 'submitted');
  if (waits) tx.tasks.setNext(task.id, now + WAITS_MS);
  else endTask(context, due, { state: 'closed', reason: '' });
  return true;
}
