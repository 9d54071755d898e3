/** Accounts that may be one person's (domain.md, Two accounts of one person). */
import { MINUTE_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

/** Two who joined so many of the same tasks, each within this time of the other, are shown. */
export const ALIKE_TIMES = { tasksMin: 3, withinMs: 2 * MINUTE_MS } as const;
/** The same for evidence from the same places. */
export const ALIKE_PLACES = { placesMin: 3, withinMs: 10 * MINUTE_MS } as const;

const REASON_LENGTH_MAX = 300;

/** May an admin say that two accounts are one person's, or not? It takes a reason. */
export function decideAlike(facts: {
  readonly pair: { readonly one: number; readonly other: number } | undefined;
  readonly adminId: number;
  readonly reason: string;
}): Result<true, Refusal<'pair-unknown' | 'pair-own' | 'reason-wanted'>> {
  const { pair, adminId, reason } = facts;
  if (pair === undefined) return refuse('pair-unknown');
  if (pair.one === adminId || pair.other === adminId) return refuse('pair-own');
  if (reason === '') return refuse('reason-wanted');
  return ok(true);
}

/** The words of a reason, as they are kept. */
export const keptReason = (reason: string): string => reason.trim().slice(0, REASON_LENGTH_MAX);
