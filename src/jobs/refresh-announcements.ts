/** Brings announcements that can be changed up to date: free places, closed, over. */
import { announcement, announcementDigest, FIRST_DIGEST } from '../conversation/announcement.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { contextOf, type Foundation } from '../services/context.ts';
import type { Job } from './jobs.ts';

/** Channels take few changes of one message a minute, and each may be the last for a while. */
const EVERY_MS = 15 * SECOND_MS;
const BATCH = 200;

export const refreshAnnouncementsJob = (core: {
  readonly foundation: Foundation;
  readonly mailer: Mailer;
}): Job => ({
  name: 'refresh-announcements',
  everyMs: EVERY_MS,
  run: (tx) => {
    const { now } = contextOf(core.foundation, tx);
    let hasChanged = false;
    for (const { announcement: shown, task, issuer } of tx.tasks.announcementsShown(BATCH)) {
      const digest = announcementDigest(task, now);
      if (digest === shown.shown) continue;
      tx.tasks.setShown(shown.channel, shown.externalId, digest);
      // It was just posted as that.
      if (shown.shown === '' && digest === FIRST_DIGEST) continue;
      core.mailer.update(
        tx,
        shown.channel,
        task.id,
        (speech) => announcement(speech, task, issuer, now),
        now,
      );
      hasChanged = true;
    }
    return hasChanged;
  },
});
