import { isEvidenceTime } from '../../domain/review.ts';
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
    /** Whether the person's evidence of it would be taken, as far as time and state say. */
    takesEvidence: claim !== null && isEvidenceTime(claim.state, task, context.sentAt),
  };
}
