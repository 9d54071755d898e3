import { namesPrivate } from '../../domain/public-words.ts';
import { REASON_LENGTH_MAX, taskEnd } from '../../domain/task.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Partner } from '../../store/partners.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { countReleasing, endTask } from './close-task.ts';

type CalledOff = {
  readonly task: Task;
  readonly issuer: Partner;
  /** How many people are told. */
  readonly people: number;
};

export type CannotCallOff = Refusal<
  | ('task-unknown' | 'task-closed' | 'task-called-off' | 'task-over')
  | ('why-missing' | 'why-long' | 'names-contact')
>;

/** Looks whether a task can be called off for this reason, and how many people would be told. */
export function checkCallOff(
  context: Context,
  personId: number,
  { taskId, why }: { readonly taskId: number; readonly why: string },
): Result<CalledOff, CannotCallOff> {
  const { tx, now } = context;
  const found = findOwnTask(context, personId, { taskId, right: 'tasks' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task, issuer } = found;
  if (task.state === 'called-off') return refuse('task-called-off', { task: taskId });
  if (task.state !== 'open') return refuse('task-closed', { task: taskId });
  if (taskEnd(task) <= now) return refuse('task-over', { task: taskId });
  if (why === '') return refuse('why-missing', { task: taskId });
  if (why.length > REASON_LENGTH_MAX) return refuse('why-long', { max: REASON_LENGTH_MAX });
  if (namesPrivate(why)) return refuse('names-contact');
  const people = countReleasing(tx.claims.countsOn(taskId));
  return ok({ task, issuer, people });
}

/**
 * A task does not take place: everybody is told at once, and nobody is marked. Where there are many,
 * the first are told now and the others follow. Source: domain.md, The day of a task.
 */
export function callOffTask(
  context: Context,
  personId: number,
  asked: { readonly taskId: number; readonly why: string },
): Result<CalledOff, CannotCallOff> {
  const checked = checkCallOff(context, personId, asked);
  if (!checked.ok) return checked;
  const { task, issuer } = checked.value;
  const { releasing } = endTask(
    context,
    { task, issuer },
    { state: 'called-off', reason: asked.why },
  );
  return ok({ task, issuer, people: releasing });
}
