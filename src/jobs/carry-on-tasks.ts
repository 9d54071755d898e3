/** Does what has become due on tasks: reminders, offers that ran out, absence, closing. */
import { SECOND_MS } from '../lib/clock.ts';
import { carryOnTasks } from '../services/tasks/task-day.ts';
import type { Job } from './jobs.ts';

/** One thing at a time: others get their turn in between. */
const AGAIN_MS = 1;

export const carryOnTasksJob: Job = {
  everyMs: 3 * SECOND_MS,
  againMs: AGAIN_MS,
  run: carryOnTasks,
};
