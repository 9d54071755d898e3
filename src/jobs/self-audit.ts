/** Audits the city's own public record once a day, at night, and at the start when that was missed. */
import { dayOf } from '../domain/calendar.ts';
import { HOUR_MS, MINUTE_MS } from '../lib/clock.ts';
import { lastSelfAudit } from '../records/self-audit.ts';
import type { Job } from './jobs.ts';

const EVERY_MS = 10 * MINUTE_MS;
/** How long one that could not be done waits to be tried again: it fetches the whole repository. */
const AGAIN_MS = HOUR_MS;
/** The hour of the city from which a day's audit is due; the backup comes before. */
const QUIET_HOUR = 4;

export function selfAuditJob(audits: { readonly make: () => Promise<unknown> }): Job {
  let isDue = false;
  return {
    everyMs: EVERY_MS,
    run: ({ now, city, tx }) => {
      const nightOf = (at: number) => dayOf(at - QUIET_HOUR * HOUR_MS, city.timeZone);
      const last = lastSelfAudit(tx.cursors);
      const isTonightDone = last?.at != null && nightOf(last.at) === nightOf(now);
      const isJustTried = last !== undefined && Math.abs(now - last.triedAt) < AGAIN_MS;
      isDue = !isTonightDone && !isJustTried && tx.records.isAnyPublished();
      return false;
    },
    committed: async () => {
      if (isDue) await audits.make();
    },
  };
}
