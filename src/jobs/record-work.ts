/** Brings the public records of work done up to date with the approvals since the last time. */
import { MINUTE_MS } from '../lib/clock.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { recordWork } from '../services/tasks/record-work.ts';
import type { Job } from './jobs.ts';

/** A turn holds up whoever writes to the city: what is more than this waits for the next one. */
const TASKS = 50;
const CONTRIBUTORS = 5000;

export const recordWorkJob = (core: { readonly foundation: Foundation }): Job => ({
  name: 'record-work',
  everyMs: MINUTE_MS,
  run: (tx) => {
    const context = contextOf(core.foundation, tx);
    let written = 0;
    for (const taskId of tx.activities.tasksToRecord(TASKS)) {
      written += recordWork(context, taskId);
      if (written >= CONTRIBUTORS) break;
    }
    return written > 0;
  },
});
