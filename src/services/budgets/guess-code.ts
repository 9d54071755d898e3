import { decideGuess, GUESS_BUDGET } from '../../domain/redemption.ts';
import { ok, type RefusalOf, type Result } from '../../lib/result.ts';
import type { Context } from '../context.ts';

type Guess = {
  /** Counts it as a wrong one; whether the day's budget is used up with it. */
  readonly countWrong: () => boolean;
};

/**
 * May a person type a code of any kind: of a redemption, an invitation, a link? All kinds share one
 * budget, by when they were sent: what waited while the city did not run was not typed all at once.
 * Source: domain.md, Offers and redemption.
 */
export function guessCode(
  { tx, sentAt, refused }: Context,
  personId: number,
): Result<Guess, RefusalOf<typeof decideGuess>> {
  const [day] = GUESS_BUDGET;
  const failures = tx.redemptions
    .codeFailures(personId)
    .filter((at) => at >= sentAt - day.windowMs);
  const decision = decideGuess(
    (windowMs) => failures.filter((at) => at >= sentAt - windowMs).length,
  );
  if (!decision.ok) {
    refused.push({ budget: 'guesses', isFirst: true, count: 1 });
    return decision;
  }
  return ok({
    countWrong: () => {
      tx.redemptions.addCodeFailure(personId, sentAt);
      return failures.length + 1 >= day.failuresMax;
    },
  });
}
