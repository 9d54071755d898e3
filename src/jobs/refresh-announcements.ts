/** Brings announcements that can be changed up to date: free places, closed, over. */
import { announcement, announcementDigest, FIRST_DIGEST } from '../conversation/announcement.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import type { Job } from './jobs.ts';

/** Channels take few changes of one message a minute, and each may be the last for a while. */
const EVERY_MS = 15 * SECOND_MS;
const BATCH = 200;

export const refreshAnnouncementsJob = (mailer: Mailer): Job => ({
  everyMs: EVERY_MS,
  run: (context) => {
    const { tx, now } = context;
    let hasChanged = false;
    for (const { announcement: shown, task, issuer } of tx.announcements.shown(BATCH)) {
      const digest = announcementDigest(task, now);
      if (digest === shown.shown) continue;
      tx.announcements.setShown(shown.channel, shown.externalId, digest);
      // It was announced like this, and nothing has changed since.
      if (shown.shown === '' && digest === FIRST_DIGEST) continue;
      mailer.update(context, {
        channel: shown.channel,
        taskId: task.id,
        build: (voice) => announcement(voice, task, issuer, now),
      });
      hasChanged = true;
    }
    return hasChanged;
  },
});
