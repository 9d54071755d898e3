/** Forgets wrong guesses of codes once no window of the guess budget counts them. */
import { GUESS_BUDGET } from '../domain/redemption.ts';
import { HOUR_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

const LONGEST_WINDOW_MS = Math.max(...GUESS_BUDGET.map(({ windowMs }) => windowMs));

export const forgetGuessesJob: Job = {
  name: 'forget-guesses',
  everyMs: HOUR_MS,
  run: ({ tx, now }) => {
    tx.redemptions.forgetCodeFailures(now - LONGEST_WINDOW_MS);
    return false;
  },
};
