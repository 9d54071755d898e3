/** Announces the dates of tasks that come again, four weeks ahead. */
import { aheadUntil } from '../domain/series.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import { makeDates } from '../services/tasks/announce-series.ts';
import type { Job } from './jobs.ts';

const AGAIN_MS = 1;

export const makeDatesJob: Job = {
  everyMs: 10 * MINUTE_MS,
  againMs: AGAIN_MS,
  run: (context) => {
    const { tx, now, city } = context;
    const [series] = tx.series.due(aheadUntil(now, city.timeZone), 1);
    if (series === undefined) return false;
    makeDates(context, series);
    return true;
  },
};
