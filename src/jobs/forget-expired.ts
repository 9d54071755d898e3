/**
 * Forgets questions that nobody answered in time, and with them what strangers first wrote; what
 * buttons and numbers stood for; codes for linking that have expired; what was sent a day ago, of
 * which no channel said whether it arrived; invitations that nobody took up in time; messages from
 * before a restore, after a while; and wrong guesses,
 * and what was used of budgets, that no window counts any more.
 */
import { GUESS_BUDGET } from '../domain/redemption.ts';
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

const [{ windowMs: LONGEST_WINDOW_MS }] = GUESS_BUDGET;

/** `isCaughtUp` tells whether channels have nothing left from before the start, such as answers. */
/** An operator who restored a city has looked at the list by then. */
const UNANSWERED_MS = 90 * DAY_MS;

export const forgetExpiredJob = (isCaughtUp: () => boolean): Job => ({
  everyMs: HOUR_MS,
  run: ({ tx, now }) => {
    if (!isCaughtUp()) return false;
    tx.sessions.forget(now);
    tx.payloads.forget(now);
    tx.followUps.forget(now);
    tx.linkCodes.forget(now);
    tx.partners.forgetInvites(now);
    tx.budgets.forget(now);
    tx.unanswered.forget(now - UNANSWERED_MS);
    tx.redemptions.forgetCodeFailures(now - LONGEST_WINDOW_MS);
    return false;
  },
});
