import type { Context } from '../context.ts';
import { reviewedBy } from './reviewed-by.ts';

/** Counts what waits for a person's review, their own evidence left out. */
export const countWaitingEvidence = (context: Context, personId: number): number =>
  reviewedBy(context, personId).reduce(
    (sum, issuer) => sum + context.tx.evidence.waitingCount(issuer.id, personId),
    0,
  );
