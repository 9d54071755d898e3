/** Tells people what they are to know about their tasks, once it is time: one message for all of it. */
import { noticeReply } from '../conversation/notices.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { takeNotices } from '../services/tasks/take-notices.ts';
import type { Job } from './jobs.ts';

/** Others get their turn in between. */
const AGAIN_MS = 1;
const PEOPLE_AT_ONCE = 128;

export const sendNoticesJob = (mailer: Pick<Mailer, 'tell' | 'noticeAdded'>): Job => ({
  everyMs: SECOND_MS,
  ...(mailer.noticeAdded && { wakeOn: mailer.noticeAdded }),
  againMs: AGAIN_MS,
  run: (context) => {
    const { told, taken } = takeNotices(context, PEOPLE_AT_ONCE);
    for (const { personId, items } of told) {
      mailer.tell(context, {
        personId,
        when: 'at-once',
        isBulk: told.length > 1,
        task: items[0]?.task.id,
        build: (voice) => noticeReply(voice, items),
      });
    }
    return taken > 0;
  },
});
