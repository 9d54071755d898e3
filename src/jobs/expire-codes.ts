/**
 * Gives back the credits of codes that nobody used in time, and tells their holders. What was said
 * comes first: a code waits for what channels still have, and for messages that came before its end.
 */
import { replyWith } from '../conversation/speech.ts';
import { MINUTE_MS, SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { expireCodes } from '../services/credits/expire-codes.ts';
import type { Job } from './jobs.ts';

const BATCH = 200;
/** A message that cannot be worked on for so long keeps no credits on hold; it may be honored late. */
const WAITED_MS_MAX = 10 * MINUTE_MS;

/** `isCaughtUp` tells whether channels have nothing left from before the start. */
export const expireCodesJob = (mailer: Mailer, isCaughtUp: () => boolean): Job => ({
  everyMs: 5 * SECOND_MS,
  run: (context) => {
    if (!isCaughtUp()) return false;
    const { tx, now } = context;
    const since = tx.inbox.waitingSince() ?? now;
    const expired = expireCodes(context, BATCH, Math.max(since, now - WAITED_MS_MAX));
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
