/** Seals what is kept with the new `SECRET_KEY`, a page at a time, while the one before is set, too. */
import { createRekey, previousKeyUntil } from '../services/city/rekey.ts';
import type { Job } from './jobs.ts';

const EVERY_MS = 100;

/**
 * `done` is told once when nothing is sealed with the key of before any more, and until when (ms) codes
 * and invitations still need it; undefined where none does.
 */
export function rekeyJob(done: (until: number | undefined) => void): Job {
  const step = createRekey();
  let isOver = false;
  let isTold = false;
  let until: number | undefined;
  return {
    everyMs: EVERY_MS,
    run: (context) => {
      if (isOver) return false;
      isOver = step(context);
      if (isOver) until = previousKeyUntil(context);
      return false;
    },
    committed: async () => {
      if (!isOver || isTold) return;
      isTold = true;
      done(until);
    },
  };
}
