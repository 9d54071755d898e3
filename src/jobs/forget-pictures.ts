/** Forgets pictures that became no evidence: of people who said no, of strangers, too many of them. */
import { HOUR_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

const BATCH = 200;

export function forgetPicturesJob(removePicture: (spoolKey: string) => Promise<void>): Job {
  let forgotten: readonly string[] = [];
  return {
    everyMs: HOUR_MS,
    run: ({ tx, now }) => {
      forgotten = tx.pictures.forgetUnused(now, now - HOUR_MS, BATCH);
      return false;
    },
    committed: async () => {
      for (const key of forgotten) await removePicture(key);
    },
  };
}
