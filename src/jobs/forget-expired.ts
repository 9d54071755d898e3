/**
 * Forgets questions that nobody answered in time, and with them what strangers first wrote; what
 * buttons and numbers stood for; links to the desk, its sessions and answers; codes for linking that have expired; what was sent a day ago, of
 * which no channel said whether it arrived; invitations and slips that nobody took up in time; messages from
 * before a restore, after a while; accounts that nobody was allowed to move; and wrong guesses,
 * and what was used of budgets, that no window counts any more.
 */
import { ANSWERS_MS, IDLE_MS_MAX, SESSION_MS_MAX } from '../domain/desk.ts';
import { GUESS_BUDGET } from '../domain/redemption.ts';
import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

const [{ windowMs: LONGEST_WINDOW_MS }] = GUESS_BUDGET;

/** So long an admin may think about an account whose owner has lost the code. */
const ASKED_MS_MAX = 30 * DAY_MS;

/** `isCaughtUp` tells whether channels have nothing left from before the start, such as answers. */
/** An operator who restored a city has looked at the list by then. */
const UNANSWERED_MS = 90 * DAY_MS;

/** So long a task may be ahead when somebody asks about it, and a while more. */
const QUESTIONS_MS = 2 * 366 * DAY_MS;

export const forgetExpiredJob = (isCaughtUp: () => boolean): Job => ({
  everyMs: HOUR_MS,
  run: ({ tx, now }) => {
    if (!isCaughtUp()) return false;
    tx.sessions.forget(now);
    tx.desk.forget({
      now,
      usedBefore: now - IDLE_MS_MAX,
      createdBefore: now - SESSION_MS_MAX,
      answeredBefore: now - ANSWERS_MS,
    });
    tx.payloads.forget(now);
    tx.followUps.forget(now);
    tx.linkCodes.forget(now);
    tx.partners.forgetInvites(now);
    tx.budgets.forget(now);
    tx.claimSlips.removeExpired(now);
    tx.questions.forget(now - QUESTIONS_MS);
    tx.unanswered.forget(now - UNANSWERED_MS);
    tx.moves.forget(now - ASKED_MS_MAX);
    tx.redemptions.forgetCodeFailures(now - LONGEST_WINDOW_MS);
    return false;
  },
});
