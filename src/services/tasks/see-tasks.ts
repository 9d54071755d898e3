import { TASK_LASTS_MS } from '../../domain/task.ts';
import { foldWords } from '../../lib/text.ts';
import type { Context } from '../context.ts';

/** How many open tasks are looked through for a person's words. */
const SEARCHED_MAX = 500;

/** Open tasks, soonest first; with words, those whose title, place or issuer has them all. */
export function seeTasks(context: Context, words: string, limit: number) {
  const wanted = foldWords(words).split(' ').filter(Boolean);
  return context.tx.tasks
    .open(context.now, TASK_LASTS_MS, wanted.length === 0 ? limit : SEARCHED_MAX)
    .filter(({ task, issuer }) => {
      const text = foldWords(`${task.title} ${task.place} ${issuer}`);
      return wanted.every((word) => text.includes(word));
    })
    .slice(0, limit)
    .map(({ task, issuer }) => ({ task, issuer, free: task.slots - task.taken }));
}
