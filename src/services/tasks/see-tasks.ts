import { taskEnd } from '../../domain/task.ts';
import { foldWords } from '../../lib/text.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';

/** How many open tasks are looked through for a person's words. */
const SEARCHED_MAX = 500;

export type TaskLine = { readonly task: Task; readonly issuer: string; readonly free: number };

/** Open tasks, soonest first; with words, those whose title, place or issuer has them all. */
export function seeTasks(context: Context, words: string, limit: number): TaskLine[] {
  const wanted = foldWords(words).split(' ').filter(Boolean);
  return context.tx.tasks
    .open(context.now, wanted.length === 0 ? limit : SEARCHED_MAX)
    .filter(({ task, issuer }) => {
      const text = foldWords(`${task.title} ${task.place} ${issuer}`);
      return wanted.every((word) => text.includes(word));
    })
    .slice(0, limit)
    .map(({ task, issuer }) => ({ task, issuer, free: task.slots - task.taken }));
}

/** One task in full, with what the person has to do with it. */
export function seeTask(context: Context, personId: number, taskId: number) {
  const found = context.tx.tasks.withIssuer(taskId);
  if (found === undefined) return undefined;
  const { task, issuer } = found;
  return {
    task,
    issuer: issuer.name,
    free: task.slots - task.taken,
    open: task.state === 'open' && taskEnd(task) > context.now,
    claim: context.tx.tasks.claimOn(personId, taskId)?.state,
  };
}

/** The task that a message in a channel's public place announced. */
export const announcedTask = (
  context: Context,
  channel: string,
  externalId: string,
): number | undefined => context.tx.tasks.announcedTask(channel, externalId);
