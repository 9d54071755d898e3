/** Forgets pictures that became no evidence: of people who said no, of strangers, too many of them. */
import { HOUR_MS } from '../lib/clock.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import type { Job } from './jobs.ts';

const BATCH = 200;

export function forgetPicturesJob(core: {
  readonly foundation: Foundation;
  readonly spool: { readonly remove: (spoolKey: string) => Promise<void> };
}): Job {
  let forgotten: readonly string[] = [];
  return {
    name: 'forget-pictures',
    everyMs: HOUR_MS,
    run: (tx) => {
      const { now } = contextOf(core.foundation, tx);
      forgotten = tx.pictures.forgetUnused(now, now - HOUR_MS, BATCH);
      return false;
    },
    committed: async () => {
      for (const key of forgotten) await core.spool.remove(key);
    },
  };
}
