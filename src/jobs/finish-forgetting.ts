/**
 * Ends forgetting: addresses go once their receipts are sent, and the bytes of pictures that became no
 * evidence. What is left in the database's log goes with them.
 */
import { SECOND_MS } from '../lib/clock.ts';
import { finishForgetting } from '../services/privacy/finish-forgetting.ts';
import type { Job } from './jobs.ts';

export function finishForgettingJob(parts: {
  readonly removePicture: (spoolKey: string) => Promise<void>;
  readonly emptyLog: () => void;
}): Job {
  let dropped: readonly string[] = [];
  let done = 0;
  return {
    everyMs: 5 * SECOND_MS,
    run: (context) => {
      done = finishForgetting(context);
      dropped = context.tx.forgetting.dropPictures();
      context.tx.forgetting.forgetLinks(context.now);
      return false;
    },
    committed: async () => {
      for (const key of dropped) await parts.removePicture(key);
      if (done > 0) parts.emptyLog();
    },
  };
}
