import { taskEnd } from '../../domain/task.ts';
import type { Context } from '../context.ts';

/** One task in full, with the state of the person's claim on it. */
export function seeTask(context: Context, personId: number, taskId: number) {
  const found = context.tx.tasks.withIssuer(taskId);
  if (found === undefined) return undefined;
  const { task, issuer } = found;
  return {
    task,
    issuer: issuer.name,
    free: task.slots - task.taken,
    open: task.state === 'open' && taskEnd(task) > context.now,
    claim: context.tx.claims.on(personId, taskId)?.state,
  };
}
