/** Announces the dates of tasks that come again, four weeks ahead. */
import { aheadUntil } from '../domain/series.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import { makeDates } from '../services/tasks/announce-series.ts';
import type { Job } from './jobs.ts';

const SERIES_AT_ONCE = 50;

export const makeDatesJob: Job = {
  everyMs: 5 * MINUTE_MS,
  run: (context) => {
    const { tx, now, city } = context;
    // One that has to wait, for its cap or its turn, holds up no other.
    const due = tx.series.due(aheadUntil(now, city.timeZone), SERIES_AT_ONCE);
    return due.map((series) => makeDates(context, series)).some((made) => made > 0);
  },
};
