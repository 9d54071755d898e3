import type { Context } from '../context.ts';
import { personsActingFor } from '../roles.ts';
import { countWaitingEvidence } from './count-waiting-evidence.ts';

/**
 * Finds the reviewers who are told that an issuer has new evidence: all but the sender, and but
 * those with more to review, who were told when the first of it came.
 */
export const findReviewersToTell = (
  context: Context,
  issuerId: number,
  senderId: number,
): readonly number[] =>
  personsActingFor(context, issuerId).filter(
    (reviewer) => reviewer !== senderId && countWaitingEvidence(context, reviewer) <= 1,
  );
