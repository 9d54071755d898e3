import type { Context } from '../context.ts';
import { reviewersOf } from '../people/people.ts';
import { countWaitingEvidence } from './review-evidence.ts';

/**
 * Who is told that a partner has new evidence: the ids of its reviewers but the sender. Those with
 * more to review were told when the first of it came.
 */
export const reviewersToTell = (
  context: Context,
  partnerId: number,
  senderId: number,
): readonly number[] =>
  reviewersOf(context, partnerId).filter(
    (reviewer) => reviewer !== senderId && countWaitingEvidence(context, reviewer) <= 1,
  );
