/** Gives back the credits of codes that nobody used in time, and tells their holders. */
import { replyWith } from '../conversation/speech.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import { expireCodes } from '../services/credits/redeem-offer.ts';
import type { Job } from './jobs.ts';

const EVERY_MS = 5 * SECOND_MS;
const BATCH = 200;

export const expireCodesJob = (core: {
  readonly foundation: Foundation;
  readonly mailer: Mailer;
}): Job => ({
  name: 'expire-codes',
  everyMs: EVERY_MS,
  run: (tx) => {
    const context = contextOf(core.foundation, tx);
    const expired = expireCodes(context, BATCH);
    for (const { personId, credits, title } of expired) {
      core.mailer.tell(
        tx,
        personId,
        ({ say }) => replyWith(say('code.expired-notice', { credits, title })),
        'contact-hours',
        context.now,
      );
    }
    return expired.length > 0;
  },
});
