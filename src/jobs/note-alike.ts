/** Finds accounts that may be one person's, for the admins to look at. */
import { SECOND_MS } from '../lib/clock.ts';
import { noteAlike } from '../services/people/note-alike.ts';
import type { Job } from './jobs.ts';

/** Whoever writes to the city waits for a turn of this, and a task may have tens of thousands of people. */
const BATCH = 5;

export const noteAlikeJob: Job = {
  everyMs: 30 * SECOND_MS,
  run: (context) => {
    noteAlike(context, BATCH);
    return false;
  },
};
