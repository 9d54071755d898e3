/**
 * Claims that a version before steps wrote get records that tell their steps, a few a minute and the
 * newest first: at every moment those whose records tell them are the newest.
 */
import { MINUTE_MS } from '../lib/clock.ts';
import { tellSteps } from '../services/tasks/step-claim.ts';
import type { Job } from './jobs.ts';

/** So many a minute leave room in the write budget for what people do meanwhile. */
const CLAIMS_MAX = 6;

export const bringClaimsOverJob: Job = {
  everyMs: MINUTE_MS,
  run: (context) => {
    const found = context.tx.claims.stepless(CLAIMS_MAX);
    for (const claim of found) tellSteps(context, claim);
    return found.length > 0;
  },
};
