/** A task that comes again every week: its dates are tasks, announced four weeks ahead. */
import { dayOf } from '../../domain/calendar.ts';
import { aheadUntil, nextDate, spanOn, timesOfSeries } from '../../domain/series.ts';
import type { TaskDraft } from '../../domain/task.ts';
import { DAY_MS } from '../../lib/clock.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Partner } from '../../store/partners.ts';
import type { Series } from '../../store/series.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { personsWith } from '../roles.ts';
import { announceTask } from './announce-task.ts';
import { joinTask } from './join-task.ts';
import { notify } from './notify.ts';

export type AnnouncedSeries = {
  /** The first date. */
  readonly task: Task;
  readonly issuer: Partner;
  /** How many dates are announced by now. */
  readonly dates: number;
};

/**
 * Announces a task every week until a time (ms): the first date, which is the draft's, and those of the
 * next four weeks now, the others by `makeDates` when they come that near.
 */
export function announceSeries(
  context: Context,
  personId: number,
  { draft, untilMs }: { readonly draft: TaskDraft; readonly untilMs: number },
): Result<AnnouncedSeries, RefusalOf<typeof announceTask>> {
  const { tx, city, now, newTid } = context;
  const { timeZone } = city;
  const first = dayOf(draft.startsAt, timeZone);
  const key = newTid();
  const lastDay = dayOf(untilMs, timeZone);
  const announced = announceTask(context, personId, draft, {
    key,
    lastDay,
    id: tx.series.nextId(),
  });
  if (!announced.ok) return announced;
  const { task, issuer } = announced.value;
  const { title, place, credits, slots } = draft;
  const id = tx.series.add({
    ...{ key, title, place, credits, slots, lastDay, note: '' },
    ...timesOfSeries(draft, timeZone),
    partnerId: issuer.id,
    createdBy: personId,
    nextDay: nextDate(first),
    createdAt: now,
  });
  const series = tx.series.get(id);
  const made = series === undefined ? 0 : makeDates(context, series);
  return ok({ task, issuer, dates: 1 + made });
}

/**
 * Announces the dates of a series that are near enough, for those who joined all of them, too. What
 * cannot be announced is told to the organizer, and left out. Answers how many it announced.
 */
export function makeDates(context: Context, series: Series): number {
  const { tx, city, now } = context;
  const until = aheadUntil(now, city.timeZone);
  let made = 0;
  let day = series.nextDay;
  for (; day <= series.lastDay && day <= until; day = nextDate(day)) {
    const span = spanOn(day, series, city.timeZone);
    if (span.startsAt <= now) continue;
    const announced = announceDate(context, series, span);
    // Another turn has room for it again.
    if (announced === 'later') break;
    if (announced === 'announced') made += 1;
  }
  tx.series.setNext(series.id, day);
  return made;
}

function announceDate(
  context: Context,
  series: Series,
  span: Pick<TaskDraft, 'startsAt' | 'endsAt'>,
): 'announced' | 'later' | 'never' {
  const { tx, now } = context;
  const { title, place, credits, slots, note, key, lastDay, id } = series;
  const draft = { title, place, credits, slots, note, ...span };
  const issuer = tx.partners.get(series.partnerId);
  if (issuer === undefined) return 'never';
  const ofSeries = { key, lastDay, id, issuer };
  for (const personId of announcersOf(context, series, issuer)) {
    const announced = announceTask(context, personId, draft, ofSeries);
    if (!announced.ok && canWait(announced.refusal.code, span.startsAt - now)) return 'later';
    if (!announced.ok) continue;
    const { task } = announced.value;
    for (const person of tx.series.people(id)) joinTask(context, person, task.id);
    return 'announced';
  }
  const latest = tx.series.latestDate(id);
  if (latest !== undefined) {
    const facts = { date: span.startsAt };
    notify(context, 'date-missing', { personId: series.createdBy, task: latest }, facts);
  }
  return 'never';
}

/** Without a cap that is raised in time, a date is given up so long before it. */
const GIVEN_UP_MS = 7 * DAY_MS;

/** Will there be room for a date in another turn: after a pause, or in an epoch with a cap? */
const canWait = (code: string, aheadMs: number): boolean =>
  code.endsWith('-wait') || (code === 'cap-short' && aheadMs > GIVEN_UP_MS);

/** Who announced it comes first; somebody else who may, where they act for the issuer no more. */
function announcersOf(context: Context, { createdBy }: Series, issuer: Partner): readonly number[] {
  const all = personsWith(context, issuer, 'tasks');
  return [...all.filter((id) => id === createdBy), ...all.filter((id) => id !== createdBy)];
}
