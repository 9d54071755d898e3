import type { Context } from '../context.ts';
import { issuersOf } from '../roles.ts';

/** Counts what waits for a person's review, their own evidence left out. */
export const countWaitingEvidence = (context: Context, personId: number): number =>
  issuersOf(context, personId).reduce(
    (sum, issuer) => sum + context.tx.evidence.waitingCount(issuer.id, personId),
    0,
  );
