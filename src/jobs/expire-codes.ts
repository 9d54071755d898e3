/** Gives back the credits of codes that nobody used in time, and tells their holders. */
import { replyWith } from '../conversation/speech.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { expireCodes } from '../services/credits/expire-codes.ts';
import type { Job } from './jobs.ts';

const BATCH = 200;

export const expireCodesJob = (mailer: Mailer): Job => ({
  everyMs: 5 * SECOND_MS,
  run: (context) => {
    const expired = expireCodes(context, BATCH);
    for (const { personId, credits, title } of expired) {
      mailer.tell(context, {
        personId,
        build: ({ say }) => replyWith(say('code.expired-notice', { credits, title })),
        when: 'contact-hours',
      });
    }
    return expired.length > 0;
  },
});
