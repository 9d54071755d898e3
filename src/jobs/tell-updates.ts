/** Tells in public of months, epochs and milestones of the city, each once and a few at a time. */
import { MINUTE_MS } from '../lib/clock.ts';
import { tellUpdates } from '../services/city/tell-updates.ts';
import type { Job } from './jobs.ts';

/** A city that has run for long has much to tell when it is brought over, within its write budget. */
const RECORDS_MAX = 2;

export const tellUpdatesJob: Job = {
  everyMs: MINUTE_MS,
  run: (context) => tellUpdates(context, RECORDS_MAX) > 0,
};
