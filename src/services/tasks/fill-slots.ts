import { isActive } from '../../domain/claim.ts';
import { noticeTime } from '../../domain/notice.ts';
import { clashOf } from '../../domain/task.ts';
import { promotionAt } from '../../domain/task-day.ts';
import type { Claim } from '../../store/claims.ts';
import type { Task } from '../../store/tasks.ts';
import type { Context } from '../context.ts';
import { notify } from './notify.ts';
import { stepClaim } from './step-claim.ts';

/** So many who stand by are looked at or told at once. */
const STANDBY_MAX = 500;

/**
 * Gives the free slots of a task to those who stand by, the first in line first: at once, by an offer,
 * or to the first who answers. Must be called whenever a slot comes free.
 * Source: domain.md, The day of a task.
 */
export function fillSlots(context: Context, taskId: number): void {
  const { tx, now } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined || task.state !== 'open') return;
  let free = task.slots - task.taken;
  if (free <= 0) return;
  const promotion = promotionAt(task, now, noticeTime('offered', task, context));
  if (promotion === undefined) return;
  // Whoever said STOP, or has no number any more, would never hear of it.
  const unreachable = new Set(tx.claims.outOfReach(taskId));
  for (const { claim } of tx.claims.inState(taskId, 'standby', STANDBY_MAX)) {
    if (free <= 0) return;
    if (unreachable.has(claim.personId)) continue;
    if (promotion.kind === 'first-come') {
      notify(context, 'spot-free', { personId: claim.personId, task });
      continue;
    }
    if (isElsewhere(context, claim, task)) continue;
    if (promotion.kind === 'at-once') {
      stepClaim(context, claim, 'promote');
      notify(context, 'promoted', { personId: claim.personId, task });
    } else {
      // Whoever let an offer pass is told again in the last hour.
      if (claim.steps.some(({ state }) => state === 'offered')) continue;
      const { until } = promotion;
      stepClaim(context, claim, 'offer', { until });
      notify(context, 'offered', { personId: claim.personId, task }, { until });
    }
    free -= 1;
  }
}

/** Does the person take part in another task at that time? */
export function isElsewhere(context: Context, claim: Claim, task: Task): boolean {
  return clashOf(task, otherTasks(context, claim.personId, task.id), context.now) !== undefined;
}

/** A person's other tasks that they have a slot in and are yet to come to. */
export const otherTasks = ({ tx }: Context, personId: number, taskId: number): readonly Task[] =>
  tx.claims
    .of(personId)
    .filter(({ claim, task }) => task.id !== taskId && isActive(claim.state))
    .map(({ task }) => task);
