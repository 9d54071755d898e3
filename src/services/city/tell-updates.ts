/** Updates of the city's project: what is told from time to time, each once (domain/update.ts). */
import { epochAt, monthsOver } from '../../domain/calendar.ts';
import { CITY_CREDITS } from '../../domain/city.ts';
import {
  FIRST_MILESTONE,
  nextMilestone,
  type Teller,
  type Told,
  tellApproved,
  tellEpoch,
  tellFirstRedemption,
  tellMonth,
} from '../../domain/update.ts';
import { US_PER_MS } from '../../lib/clock.ts';
import { CITY_KEY } from '../../records/kinds/city.ts';
import { placeOfDay } from '../../records/kinds/early-key.ts';
import { projectKey } from '../../records/kinds/project.ts';
import { UPDATE_PICTURES_MAX, updateKey } from '../../records/kinds/update.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import { CITY_SCOPE } from '../../store/caps.ts';
import type { Context } from '../context.ts';

/** The name of how far everything was told. */
const TOLD = 'updates-told';

/** Each may hold up everybody who writes to the city. */
const EPOCHS_MAX = 5;

/** How far everything was told. A city that lost it looks again, and finds its records. */
type Progress = {
  /** The ends (ms) of the last month and of the last epoch that were looked at. */
  monthsUntil: number;
  epochsUntil: number;
  /** The milestone of approved evidence that comes next. */
  nextApproved: number;
  isRedemptionTold: boolean;
};

/** One run of telling: `left` records may still be written. */
type Run = {
  readonly context: Context;
  readonly project: StrongRef;
  readonly teller: Teller;
  readonly progress: Progress;
  /** When the city began (ms). */
  readonly beganAt: number;
  left: number;
};

/**
 * Tells what is to be told by now: milestones that were reached, months with approved work and epochs
 * that are over. At most `recordsMax` records, and as many months and epochs that have nothing to
 * tell; the others wait for the next run. Tells nothing before the project has a record. Answers how
 * many records were written.
 */
export function tellUpdates(context: Context, recordsMax: number): number {
  const { records, tx, city } = context;
  const began = records.get('city', CITY_KEY)?.createdAt;
  if (began === undefined) return 0;
  const beganAt = Date.parse(began);
  const project = records.newestRef('project', projectKey(beganAt));
  if (project === undefined) return 0;
  const kept = tx.cursors.get(TOLD);
  const progress: Progress =
    kept === undefined
      ? {
          ...{ monthsUntil: beganAt, epochsUntil: beganAt },
          ...{ nextApproved: FIRST_MILESTONE, isRedemptionTold: false },
        }
      : JSON.parse(kept);
  const teller = { city: city.name, creditKind: CITY_CREDITS, timeZone: city.timeZone };
  const run = { context, project, teller, progress, beganAt, left: recordsMax };
  tellMilestones(run);
  tellMonths(run);
  tellEpochs(run);
  const now = JSON.stringify(progress);
  if (now !== kept) tx.cursors.put(TOLD, now);
  return recordsMax - run.left;
}

/** Writes an update unless it is there; its pictures are of evidence approved from `from` until `until` (ms). */
function tell(
  run: Run,
  rkey: string,
  told: Told,
  shown?: { readonly from: number; readonly until: number },
): void {
  const { tx, records, now } = run.context;
  if (records.get('update', rkey) !== undefined) return;
  const pictures =
    shown === undefined ? [] : tx.updates.pictures(shown.from, shown.until, UPDATE_PICTURES_MAX);
  records.create('update', { ...told, project: run.project, pictures, at: now }, rkey);
  run.left -= 1;
}

function tellMilestones(run: Run): void {
  const { progress, teller } = run;
  const { tx } = run.context;
  while (run.left > 0) {
    const count = progress.nextApproved;
    // There are no more approvals than reviews, and counting them all takes longer.
    if ((tx.cityWork.lastReview() ?? 0) < count) break;
    const at = tx.updates.approvalAt(count);
    if (at === undefined) break;
    const key = updateKey('approved', run.beganAt, String(count).length - 1);
    tell(run, key, tellApproved(teller, count, at), { from: at, until: at + 1 });
    progress.nextApproved = nextMilestone(count);
  }
  if (progress.isRedemptionTold || run.left === 0) return;
  const redeemedUs = tx.updates.firstRedemptionUs();
  if (redeemedUs === undefined) return;
  const told = tellFirstRedemption(teller, Math.floor(redeemedUs / US_PER_MS));
  tell(run, updateKey('redeemed', run.beganAt, 0), told);
  progress.isRedemptionTold = true;
}

function tellMonths(run: Run): void {
  const { progress, teller } = run;
  const { tx, now } = run.context;
  for (const month of monthsOver(progress.monthsUntil, now, teller.timeZone).slice(0, run.left)) {
    const { from, until } = month;
    const approvals = tx.updates.approvals(from, until);
    if (approvals.pieces > 0) {
      const figures = { ...approvals, ...tx.updates.credits(from, until, teller.creditKind) };
      const told = tellMonth(teller, month, figures);
      tell(run, updateKey('month', run.beganAt, placeOfDay(run.beganAt, from)), told, month);
    }
    progress.monthsUntil = until;
  }
}

function tellEpochs(run: Run): void {
  const { progress, teller } = run;
  const { tx, now } = run.context;
  for (let looked = 0; run.left > 0 && looked < EPOCHS_MAX; looked += 1) {
    const epoch = epochAt(progress.epochsUntil, teller.timeZone);
    if (epoch.endsAt > now) return;
    // An epoch in which the city did not run has no cap.
    const cap = tx.caps.get(CITY_SCOPE, epoch.name)?.amount;
    if (cap !== undefined) {
      const credits = tx.updates.credits(epoch.startsAt, epoch.endsAt, teller.creditKind);
      const key = updateKey('epoch', run.beganAt, placeOfDay(run.beganAt, epoch.startsAt));
      tell(run, key, tellEpoch(teller, epoch, { ...credits, cap }));
    }
    progress.epochsUntil = epoch.endsAt;
  }
}
