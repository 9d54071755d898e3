/** Tells the admins and the log, once a day, that most of the day's texts are used. */
import { replyWith } from '../conversation/speech.ts';
import { areSegmentsScarce } from '../domain/budgets.ts';
import { dayOf } from '../domain/calendar.ts';
import { MINUTE_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { adminsOf } from '../services/roles.ts';
import type { Job } from './jobs.ts';

export type TextWarning = {
  /** How many segments a day the city's texts may cost. */
  readonly perDay: number;
  /** Is told how many are used. */
  readonly warn: (used: number) => void;
};

export function warnOfSegmentsJob(mailer: Mailer, { perDay, warn }: TextWarning): Job {
  /** What is to be logged once it is on disk. */
  let found: number | undefined;
  return {
    everyMs: MINUTE_MS,
    run: (context) => {
      const { tx, now, city } = context;
      found = undefined;
      const day = dayOf(now, city.timeZone);
      const used = tx.budgets.segmentsOn(day);
      if (!areSegmentsScarce(used, perDay) || !tx.budgets.markTold(day, now)) return false;
      found = used;
      for (const personId of adminsOf(context)) {
        mailer.tell(context, {
          personId,
          build: ({ say }) => replyWith(say('limit.segments-low', { used, limit: perDay })),
          when: 'at-once',
        });
      }
      return true;
    },
    committed: async () => {
      if (found !== undefined) warn(found);
    },
  };
}
