/**
 * Forgets questions that nobody answered in time, and with them what strangers first wrote; what
 * buttons and numbers stood for; codes for linking that have expired; and what was sent a day ago,
 * of which no channel said whether it arrived.
 */
import { HOUR_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

export const forgetSessionsJob: Job = {
  name: 'forget-sessions',
  everyMs: HOUR_MS,
  run: ({ tx, now }) => {
    tx.sessions.forget(now);
    tx.payloads.forget(now);
    tx.followUps.forget(now);
    tx.linkCodes.forget(now);
    return false;
  },
};
