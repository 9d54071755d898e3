/**
 * Goes on releasing people from a task that was closed, where they are more than can be seen to at
 * once: a part at a time, each person with what they are told of it.
 */
import { SECOND_MS } from '../lib/clock.ts';
import {
  findTasksToRelease,
  releaseClaims,
  tasksToRelease,
} from '../services/tasks/release-claims.ts';
import type { Job } from './jobs.ts';

/** Others get their turn in between. */
const AGAIN_MS = 1;

export function releaseClaimsJob(): Job {
  let isFirst = true;
  return {
    everyMs: SECOND_MS,
    againMs: AGAIN_MS,
    run: (context) => {
      if (isFirst) findTasksToRelease(context);
      const [taskId] = tasksToRelease(context);
      const task = taskId === undefined ? undefined : context.tx.tasks.get(taskId);
      if (task === undefined) return false;
      releaseClaims(context, task);
      return true;
    },
    committed: async () => {
      isFirst = false;
    },
  };
}
