import { taskEnd } from '../../domain/task.ts';
import type { Context } from '../context.ts';

/** One task in full, with the state of the person's claim on it. */
export function seeTask(context: Context, personId: number, taskId: number) {
  const found = context.tx.tasks.withClaim(taskId, personId);
  if (found === undefined) return undefined;
  const { task, issuer, claim } = found;
  return {
    task,
    issuer: issuer.name,
    free: task.slots - task.taken,
    open: task.state === 'open' && taskEnd(task) > context.now,
    claim: claim?.state,
  };
}
