import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { dropTask } from './drop-task.ts';
import { joinTask } from './join-task.ts';

type Joined = {
  readonly task: Task;
  /** How many dates the person is in now, and on how many waitlists. */
  readonly joined: number;
  readonly standby: number;
};

/** A person joins every date of a series, from this one on and those to come. */
export function joinSeries(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  taskId: number,
): Result<Joined, Refusal<'task-unknown' | 'series-none'>> {
  const { tx } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined) return refuse('task-unknown', { task: taskId });
  if (task.seriesId === null) return refuse('series-none', { task: taskId });
  tx.series.addPerson(task.seriesId, person.id);
  const states = tx.series.datesFrom(task.seriesId, task.startsAt).map((date) => {
    const joined = joinTask(context, person, date.id);
    return joined.ok ? joined.value.state : tx.claims.on(person.id, date.id)?.state;
  });
  const standby = states.filter((state) => state === 'standby').length;
  const joined = states.filter((state) => state !== undefined).length - standby;
  return ok({ task, joined, standby });
}

/** A person leaves every date of a series from this one on; how many they left. */
export function dropSeries(
  context: Context,
  personId: number,
  taskId: number,
): Result<{ readonly task: Task; readonly left: number }, Refusal<'task-unknown' | 'series-none'>> {
  const { tx } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined) return refuse('task-unknown', { task: taskId });
  if (task.seriesId === null) return refuse('series-none', { task: taskId });
  tx.series.removePerson(task.seriesId, personId);
  const left = tx.series
    .datesFrom(task.seriesId, task.startsAt)
    .filter((date) => dropTask(context, personId, date.id).ok);
  return ok({ task, left: left.length });
}
