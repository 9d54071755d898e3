import { TASK_LASTS_MS } from '../../domain/task.ts';
import { ALL_TASKS, isOpen, suits, type TaskFilter } from '../../domain/task-filter.ts';
import { foldWords } from '../../lib/text.ts';
import type { Context } from '../context.ts';

/** How many open tasks are looked through for what a person wants. */
const SEARCHED_MAX = 500;

/** Open tasks, soonest first; with words, those whose title, place or issuer has them all. */
export const seeTasks = (context: Context, words: string, limit: number) =>
  findTasks(context, { ...ALL_TASKS, words: foldWords(words).split(' ').filter(Boolean) }, limit);

/** Open tasks that suit a filter, soonest first. */
export function findTasks(context: Context, filter: TaskFilter, limit: number) {
  const { tx, now, city } = context;
  const at = { now, timeZone: city.timeZone };
  return tx.tasks
    .open(now, TASK_LASTS_MS, isOpen(filter) ? limit : SEARCHED_MAX)
    .filter(({ task, issuer }) => suits(filter, task, issuer, at))
    .slice(0, limit)
    .map(({ task, issuer }) => ({ task, issuer, free: task.slots - task.taken }));
}
