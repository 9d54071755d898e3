import { type Epoch, epochAt } from '../../domain/calendar.ts';
import { decideAnnounce, TASK_LASTS_MS, type TaskDraft, taskEnd } from '../../domain/task.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Partner } from '../../store/partners.ts';
import { hasRoom } from '../budgets/spend.ts';
import type { Context } from '../context.ts';
import { epochNow, seeCapsOf } from '../credits/see-caps.ts';
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
    creditsLeft: countCreditsLeft(context, issuer, taskEnd(draft)),
  });
  return decision.ok ? ok(issuer) : decision;
}

function actForThis(context: Context, personId: number, issuer: Partner) {
  const isTheirs = partnersFor(context, personId, 'tasks').some(({ id }) => id === issuer.id);
  return isTheirs ? ok(issuer) : refuse('role-short', { name: issuer.name });
}

/**
 * The credits that an issuer can still promise for a task that ends at a time (ms): the cap of the
 * epoch in which that is, less what is issued or promised in it. Source: domain.md, Epochs and caps.
 */
export function countCreditsLeft(context: Context, issuer: Partner, endsAt: number): number {
  const epoch = epochOfEnd(context, endsAt);
  const { issuer: cap, city } = seeCapsOf(context, issuer.id, epoch.name);
  const promised = context.tx.tasks.promisedCredits(issuer.id, {
    now: context.now,
    lastsMs: TASK_LASTS_MS,
    // What ended in an earlier epoch and is not decided about counts in the one under way.
    from: epoch.name === epochNow(context).name ? 0 : epoch.startsAt,
    until: epoch.endsAt,
  });
  return Math.min(cap.amount - cap.issued - promised, city.amount - city.issued);
}

/** The epoch whose cap a task counts against that ends at a time (ms): never one that is over. */
export function epochOfEnd(context: Context, endsAt: number): Epoch {
  const running = epochNow(context);
  return endsAt < running.endsAt ? running : epochAt(endsAt, context.city.timeZone);
}
