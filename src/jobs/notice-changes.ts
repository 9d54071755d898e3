/** Takes up what a tool beside the running city put into the database, which wakes nobody. */
import { SECOND_MS } from '../lib/clock.ts';
import type { Job } from './jobs.ts';

const EVERY_MS = 2 * SECOND_MS;

/** `wake` has the messages looked at that wait. */
export function noticeChangesJob(wasChanged: () => boolean, wake: () => void): Job {
  let isNews = false;
  return {
    everyMs: EVERY_MS,
    run: () => {
      isNews = wasChanged();
      return isNews;
    },
    committed: async () => {
      if (isNews) wake();
    },
  };
}
