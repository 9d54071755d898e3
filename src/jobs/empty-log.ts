/** Empties the database's log, so that what was deleted does not stay on the disk for long. */
import { MINUTE_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

export const emptyLogJob = (emptyLog: () => void): Job => ({
  everyMs: 5 * MINUTE_MS,
  run: () => false,
  // Not inside a transaction: the log is emptied between them.
  committed: async () => emptyLog(),
});
