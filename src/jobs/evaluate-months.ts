/** Sums up in public what was decided in each month of the city's calendar, once it is over. */
import { monthsOver } from '../domain/calendar.ts';
import { HOUR_MS } from '../lib/clock.ts';
import { CITY_KEY } from '../records/kinds/city.ts';
import { projectKey } from '../records/kinds/project.ts';
import { cityBeganAt } from '../services/city/city-began-at.ts';
import { evaluateMonth } from '../services/evidence/evaluate.ts';
import type { Job } from './jobs.ts';

/** The name of the end (ms) of the last month that was looked at. */
const EVALUATED_UNTIL = 'evaluated-until';
/** A month may have many decisions, and everybody waits for a turn of this. */
const MONTHS_MAX = 3;

export const evaluateMonthsJob: Job = {
  everyMs: HOUR_MS,
  run: (context) => {
    const { tx, now, city, records } = context;
    if (records.get('city', CITY_KEY) === undefined) return false;
    const beganAt = cityBeganAt(context);
    const project = records.newestRef('project', projectKey(beganAt));
    if (project === undefined) return false;
    const until = Number(tx.cursors.get(EVALUATED_UNTIL) ?? beganAt);
    // The clock was ahead: what it took for over goes on, and is summed up once more.
    if (until > now) tx.cursors.put(EVALUATED_UNTIL, String(now));
    let hasWritten = false;
    for (const month of monthsOver(until, now, city.timeZone).slice(0, MONTHS_MAX)) {
      hasWritten = evaluateMonth(context, month, project) || hasWritten;
      tx.cursors.put(EVALUATED_UNTIL, String(month.until));
    }
    return hasWritten;
  },
};
