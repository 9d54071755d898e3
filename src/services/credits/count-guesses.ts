import { GUESS_BUDGET } from '../../domain/redemption.ts';
import type { Context } from '../context.ts';

/** Counts a person's wrong codes in the last so many ms: of every kind, since they share one budget. */
export function countGuesses({ tx, now }: Context, personId: number): (windowMs: number) => number {
  const [day] = GUESS_BUDGET;
  const failures = tx.redemptions.codeFailures(personId, now - day.windowMs);
  return (windowMs) => failures.filter((at) => at >= now - windowMs).length;
}
