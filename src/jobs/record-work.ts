/** Brings the public records of work done up to date with the approvals since the last time. */
import { MINUTE_MS } from '../lib/clock.ts';
import { recordWork } from '../services/tasks/record-work.ts';
import type { Job } from './jobs.ts';

/** A turn holds up everybody who writes to the city, so it does no more than this. */
const TASKS_MAX = 50;
const CONTRIBUTORS_MAX = 5000;

export const recordWorkJob: Job = {
  everyMs: MINUTE_MS,
  run: (context) => {
    let written = 0;
    for (const taskId of context.tx.activities.tasksToRecord(TASKS_MAX)) {
      written += recordWork(context, taskId);
      if (written >= CONTRIBUTORS_MAX) break;
    }
    return written > 0;
  },
};
