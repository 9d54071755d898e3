/** Tells organizers whom the texts about their tasks reached, whom not, and why. */

import { choice } from '../conversation/choices.ts';
import type { ChannelName } from '../conversation/message.ts';
import { replyWith, type Voice } from '../conversation/speech.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { type Missed, reportBroadcasts, reportNotices } from '../services/tasks/report-reach.ts';
import type { Job } from './jobs.ts';

/** `reporting` are the channels that tell afterwards whether a message arrived. */
export const reportReachJob = (mailer: Mailer, reporting: readonly ChannelName[]): Job => ({
  everyMs: 10 * SECOND_MS,
  run: (context) => {
    const broadcasts = reportBroadcasts(context, reporting);
    for (const { organizerId: personId, missed, ...facts } of broadcasts) {
      const build = (voice: Voice) =>
        replyWith(voice.say('reach.broadcast', { ...facts, ...missedIn(voice, missed) }));
      mailer.tell(context, { personId, build, when: 'contact-hours' });
    }
    const notices = reportNotices(context);
    for (const { organizerId: personId, task, missed } of notices) {
      const build = (voice: Voice) =>
        replyWith(voice.say('reach.notices', { task, ...missedIn(voice, missed) }), [
          choice(voice, 'roster', task),
        ]);
      mailer.tell(context, { personId, build, when: 'contact-hours' });
    }
    return broadcasts.length + notices.length > 0;
  },
});

/** How many were missed, and why in words. */
const missedIn = (voice: Voice, missed: Missed) => ({
  missed: missed.reduce((sum, [, count]) => sum + count, 0),
  why: missed.map(([reason, count]) => voice.say('reach.why', { reason, count })).join(', '),
});
