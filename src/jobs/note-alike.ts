/** Finds accounts that may be one person's, for the admins to look at. */
import { MINUTE_MS } from '../lib/clock.ts';
import { noteAlike } from '../services/people/note-alike.ts';
import type { Job } from './jobs.ts';

const BATCH = 50;

export const noteAlikeJob: Job = {
  everyMs: 5 * MINUTE_MS,
  run: (context) => {
    noteAlike(context, BATCH);
    return false;
  },
};
