import type { Context } from '../context.ts';
import { adminsOf, personsWith } from '../roles.ts';
import { countWaitingEvidence } from './count-waiting-evidence.ts';

/**
 * Finds the reviewers who are told that an issuer has new evidence: all but the sender, and but
 * those with more to review, who were told when the first of it came. For a suspended issuer it is the
 * admins.
 */
export const findReviewersToTell = (
  context: Context,
  issuerId: number,
  senderId: number,
): readonly number[] => {
  const issuer = context.tx.partners.get(issuerId);
  if (issuer === undefined) return [];
  const reviewers =
    issuer.state === 'suspended' ? adminsOf(context) : personsWith(context, issuer, 'reviews');
  return reviewers.filter(
    (reviewer) => reviewer !== senderId && countWaitingEvidence(context, reviewer) <= 1,
  );
};
