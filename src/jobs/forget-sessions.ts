/**
 * Forgets questions that nobody answered in time, and with them what strangers first wrote; what
 * buttons stood for and codes for linking that are good no more; and what was sent a day ago, of
 * which no channel said whether it arrived.
 */
import { HOUR_MS } from '../lib/clock.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import type { Job } from './jobs.ts';

export const forgetSessionsJob = (core: { readonly foundation: Foundation }): Job => ({
  name: 'forget-sessions',
  everyMs: HOUR_MS,
  run: (tx) => {
    const { now } = contextOf(core.foundation, tx);
    tx.people.forgetSessions(now);
    tx.payloads.forget(now);
    tx.followUps.forget(now);
    tx.linkCodes.forget(now);
    return false;
  },
});
