/** Forgets questions that nobody answered in time, and with them what strangers first wrote. */
import { HOUR_MS } from '../lib/clock.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import type { Job } from './jobs.ts';

export const forgetSessionsJob = (core: { readonly foundation: Foundation }): Job => ({
  name: 'forget-sessions',
  everyMs: HOUR_MS,
  run: (tx) => {
    tx.people.forgetSessions(contextOf(core.foundation, tx).now);
    return false;
  },
});
