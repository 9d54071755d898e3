/** Sums up in public what was decided about the work on each task, once it is finished. */
import { TASK_LASTS_MS } from '../domain/task.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import { evaluateTask } from '../services/evidence/evaluate.ts';
import type { Job } from './jobs.ts';

/** So many a minute leave room in the write budget for what people do meanwhile. */
const TASKS_MAX = 5;

export const evaluateWorkJob: Job = {
  everyMs: MINUTE_MS,
  run: (context) => {
    const tasks = context.tx.reviews.tasksToEvaluate(context.now, TASK_LASTS_MS, TASKS_MAX);
    for (const taskId of tasks) evaluateTask(context, taskId);
    return tasks.length > 0;
  },
};
