/** Public evaluations: what was reviewed for a task, or in a month, by whom, and what came of it. */
import type { Month } from '../../domain/calendar.ts';
import { CITY_CREDITS } from '../../domain/city.ts';
import { type Decided, sumUp } from '../../domain/evaluation.ts';
import { readFormerReview } from '../../records/former-review.ts';
import { monthKey, REVIEWERS_NAMED_MAX } from '../../records/kinds/evaluation.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import { cityBeganAt } from '../city/city-began-at.ts';
import type { Context } from '../context.ts';
import { workOn } from '../tasks/record-work.ts';

type Row = ReturnType<Context['tx']['reviews']['onTask']>[number];

/** Brings the evaluation of the work on a task up to date. */
export function evaluateTask(context: Context, taskId: number): void {
  const { tx, records, city } = context;
  const task = tx.tasks.get(taskId);
  if (task === undefined) throw new Error('evaluateTask: the task is not there');
  const decisions = tx.reviews.onTask(taskId).map((row) => decidedIn(context, row));
  const about = `Task ${task.id} of ${city.name}: ${task.title}`;
  const facts = { ...figuresOf(context, decisions), subject: workOn(context, taskId), about };
  records.put('evaluation', task.rkey, () => facts);
  tx.reviews.setEvaluated(taskId, decisions.length);
}

/**
 * Writes the evaluation of a month that is over, of which the project is the subject, when it is new or
 * has other figures. A month in which nothing was decided has none. Whether one was written.
 */
export function evaluateMonth(context: Context, month: Month, project: StrongRef): boolean {
  const { tx, records, city } = context;
  const key = monthKey(cityBeganAt(context), month.from);
  const rows = tx.reviews.between(month.from, month.until);
  if (rows.length === 0) return false;
  const figures = figuresOf(
    context,
    rows.map((row) => decidedIn(context, row)),
  );
  const about = `Civic work in ${city.name}, ${month.name}`;
  return records.put('evaluation', key, (_times, before) => ({
    ...figures,
    ...{ about, period: month },
    subject: (before?.subject as StrongRef | undefined) ?? project,
  }));
}

function figuresOf({ did, now }: Context, decisions: readonly Decided[]) {
  const { lastAt, reviewers, ...sums } = sumUp(decisions);
  return {
    ...sums,
    reviewers: reviewers.slice(0, REVIEWERS_NAMED_MAX),
    reviewersCount: reviewers.length,
    creditKind: CITY_CREDITS,
    cityDid: did,
    // A clock that was set back must not make a decision later than the evaluation that tells of it.
    at: Math.max(now, lastAt),
  };
}

/** Who decided is read from the public record, where it stays as it was. */
function decidedIn({ records }: Context, { rkey, decision, at, issued }: Row): Decided {
  const review = records.get('review', rkey);
  if (review !== undefined) return { decision, at, issued, by: review.by };
  const summary = records.get('evaluation', rkey)?.summary ?? '';
  return { decision, at, issued, by: readFormerReview(summary).by };
}
