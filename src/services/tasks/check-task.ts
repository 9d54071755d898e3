import { decideAnnounce, TASK_LASTS_MS, type TaskDraft } from '../../domain/task.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Partner } from '../../store/partners.ts';
import { hasRoom } from '../budgets/spend.ts';
import type { Context } from '../context.ts';
import { seeCaps } from '../credits/see-caps.ts';
import { actFor, partnersFor } from '../roles.ts';

/** Says whether a task could be announced like this, and by which issuer, without announcing it. */
export function checkTask(
  context: Context,
  personId: number,
  draft: TaskDraft,
  /** The issuer whose series it is a date of, whatever the person chose to act for since. */
  ofSeries?: Partner,
): Result<
  Partner,
  Refusal<'announcements-wait'> | RefusalOf<typeof actFor> | RefusalOf<typeof decideAnnounce>
> {
  const acting =
    ofSeries === undefined
      ? actFor(context, personId, { kind: 'issuer', right: 'tasks' })
      : actForThis(context, personId, ofSeries);
  if (!acting.ok) return acting;
  const issuer = acting.value;
  const room = hasRoom(context, 'announcements', issuer.id);
  if (!room.ok) return refuse('announcements-wait', { until: room.until });
  const decision = decideAnnounce(draft, {
    now: context.now,
    creditsLeft: countCreditsLeft(context, issuer),
  });
  return decision.ok ? ok(issuer) : decision;
}

function actForThis(context: Context, personId: number, issuer: Partner) {
  const isTheirs = partnersFor(context, personId, 'tasks').some(({ id }) => id === issuer.id);
  return isTheirs ? ok(issuer) : refuse('role-short', { name: issuer.name });
}

/** The credits that an issuer can still promise in this epoch: its cap less what is issued or promised. */
export function countCreditsLeft(context: Context, issuer: Partner): number {
  const { issuer: cap, city } = seeCaps(context, issuer.id);
  const promised = context.tx.tasks.promisedCredits(issuer.id, context.now, TASK_LASTS_MS);
  return Math.min(cap.amount - cap.issued - promised, city.amount - city.issued);
}
