import type { Context } from '../context.ts';
import { reviewedBy } from './reviewed-by.ts';

/** So many of a task are looked through for those that the person may decide about. */
const LOOKED_AT_MAX = 200;

/** What waits for a person's review on one task: what they may not decide about is left out. */
export type WaitingOnTask = {
  readonly title: string;
  /** What each piece brings. */
  readonly credits: number;
  /** The numbers of the evidence, the oldest first. */
  readonly evidence: readonly number[];
};

/**
 * The evidence on a task that waits for a person's review, `limit` at most; undefined where there is
 * none. Source: domain.md, Evidence and verification.
 */
export function seeWaitingOnTask(
  context: Context,
  personId: number,
  { taskId, limit }: { readonly taskId: number; readonly limit: number },
): WaitingOnTask | undefined {
  const { tx } = context;
  const found = tx.tasks.withIssuer(taskId);
  if (found === undefined) return undefined;
  if (!reviewedBy(context, personId).some(({ id }) => id === found.issuer.id)) return undefined;
  const evidence = tx.evidence
    .waitingOn(taskId, LOOKED_AT_MAX)
    .filter((one) => one.personId !== personId && !tx.accounts.areClose(one.personId, personId))
    .slice(0, limit)
    .map(({ id }) => id);
  const { title, credits } = found.task;
  return evidence.length === 0 ? undefined : { title, credits, evidence };
}
