/** Writes who was forgotten to the list beside the backups: an older one is cleaned by it. */
import type { Backups } from '../backup/port.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Forgotten } from '../store/forgetting.ts';
import type { Job } from './jobs.ts';

export function keepForgottenJob(keep: Backups['keepForgotten']): Job {
  /** All that were forgotten before are on the list. */
  let since = 0;
  let found: readonly Forgotten[] = [];
  return {
    everyMs: 5 * SECOND_MS,
    run: ({ tx }) => {
      found = tx.forgetting.since(since);
      return false;
    },
    committed: async () => {
      await keep(found);
      since = Math.max(since, ...found.map(({ at }) => at));
    },
  };
}
