/** Changes or ends a series from one of its dates on. */
import { dayOf } from '../../domain/calendar.ts';
import { addDays, daysBetween, spanOn, timesOfSeries } from '../../domain/series.ts';
import type { TaskChange } from '../../domain/task.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Series } from '../../store/series.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { type CannotCallOff, callOffTask, checkCallOff } from './call-off-task.ts';
import { type CannotChange, changeTask, checkChange } from './change-task.ts';

type Found = { readonly task: Task; readonly series: Series; readonly dates: readonly Task[] };

/** The series of a task, with its open dates from this one on; undefined for a task by itself. */
export function seriesFrom({ tx }: Context, taskId: number): Found | undefined {
  const task = tx.tasks.get(taskId);
  const series = task?.seriesId == null ? undefined : tx.series.get(task.seriesId);
  if (task === undefined || series === undefined) return undefined;
  return { task, series, dates: tx.series.datesFrom(series.id, task.startsAt) };
}

/** The task that was named, and all dates that it came to. */
type Done = { readonly task: Task; readonly dates: readonly Task[] };

/** Changes this date and all later ones: another day or hour of the week, a place, spots, a note. */
export function changeSeries(
  context: Context,
  personId: number,
  { taskId, change }: { readonly taskId: number; readonly change: TaskChange },
): Result<Done, CannotChange | Refusal<'series-none'>> {
  const { tx, city } = context;
  const { timeZone } = city;
  const found = seriesFrom(context, taskId);
  if (found === undefined) return refuse('series-none', { task: taskId });
  const checked = checkChange(context, personId, { taskId, change });
  if (!checked.ok) return checked;
  const { task, series, dates } = found;
  const { startsAt, endsAt = null } = change;
  const times = startsAt === undefined ? series : timesOfSeries({ startsAt, endsAt }, timeZone);
  const shift =
    startsAt === undefined
      ? 0
      : daysBetween(dayOf(task.startsAt, timeZone), dayOf(startsAt, timeZone));
  // First of all, so that the records of its dates tell what the series is from now on.
  tx.series.change(series.id, {
    place: change.place ?? series.place,
    slots: change.slots ?? series.slots,
    note: change.note ?? series.note,
    startMinute: times.startMinute,
    endMinute: times.endMinute,
    nextDay: addDays(series.nextDay, shift),
    lastDay: addDays(series.lastDay, Math.max(0, shift)),
  });
  const changed: Task[] = [];
  for (const date of dates) {
    const day = addDays(dayOf(date.startsAt, timeZone), shift);
    const moved = startsAt === undefined ? {} : spanOn(day, times, timeZone);
    const result = changeTask(context, personId, {
      taskId: date.id,
      change: { ...change, ...moved },
    });
    if (result.ok) changed.push(result.value.task);
  }
  return ok({ task, dates: changed });
}

/** Calls off this date and all later ones; no other date follows. */
export function endSeries(
  context: Context,
  personId: number,
  asked: { readonly taskId: number; readonly why: string },
): Result<Done, CannotCallOff | Refusal<'series-none'>> {
  const { tx, city } = context;
  const found = seriesFrom(context, asked.taskId);
  if (found === undefined) return refuse('series-none', { task: asked.taskId });
  const { task, series, dates } = found;
  const checked = checkCallOff(context, personId, asked);
  if (!checked.ok) return checked;
  // First of all, so that the records of its dates tell that it ends.
  const lastDay = addDays(dayOf(task.startsAt, city.timeZone), -1);
  tx.series.change(series.id, { ...series, lastDay });
  const ended = dates.filter(
    ({ id }) => callOffTask(context, personId, { ...asked, taskId: id }).ok,
  );
  return ok({ task, dates: ended });
}
