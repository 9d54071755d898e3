import { isActive } from '../../domain/claim.ts';
import { TELLS_MAX, taskEnd } from '../../domain/task.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { findOwnTask } from '../roles.ts';
import { notify } from './notify.ts';

export type Told = {
  readonly task: Task;
  /** How many people hear it. */
  readonly people: number;
  /** How often everybody can still be told something. */
  readonly left: number;
};

/**
 * Looks whether everybody who joined a task can be told something, and whom it would reach. Three times
 * a task at most. Source: domain.md, The day of a task.
 */
export function checkTell(
  context: Context,
  personId: number,
  taskId: number,
): Result<
  Told & { readonly tell: readonly number[] },
  Refusal<'task-unknown' | 'task-closed' | 'task-over' | 'tells-many' | 'tell-nobody'>
> {
  const { now } = context;
  const found = findOwnTask(context, personId, { taskId, right: 'tasks' });
  if (found === undefined) return refuse('task-unknown', { task: taskId });
  const { task } = found;
  if (task.state !== 'open') return refuse('task-closed', { task: taskId });
  if (taskEnd(task) <= now) return refuse('task-over', { task: taskId });
  if (task.tells >= TELLS_MAX) return refuse('tells-many', { task: taskId, max: TELLS_MAX });
  const tell = peopleOf(context, taskId);
  if (tell.length === 0) return refuse('tell-nobody', { task: taskId });
  return ok({ task, tell, people: tell.length, left: TELLS_MAX - task.tells - 1 });
}

/** Tells everybody who joined a task something. */
export function tellPeople(
  context: Context,
  personId: number,
  { taskId, text }: { readonly taskId: number; readonly text: string },
): Result<Told, ReturnType<typeof checkTell> extends Result<unknown, infer R> ? R : never> {
  const checked = checkTell(context, personId, taskId);
  if (!checked.ok) return checked;
  const { task, tell } = checked.value;
  context.tx.tasks.countTell(taskId);
  for (const to of tell) notify(context, 'told', { personId: to, task }, { text });
  return checked;
}

/** Those who are to come to a task, or are there. */
const peopleOf = ({ tx }: Context, taskId: number): readonly number[] =>
  tx.claims
    .roster(taskId)
    .filter(({ claim }) => isActive(claim.state))
    .map(({ claim }) => claim.personId);
