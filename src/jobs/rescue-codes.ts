/** Brings codes to their holders on another channel, or takes them back, where one did not deliver. */

import { choice } from '../conversation/choices.ts';
import { codeReply } from '../conversation/code-reply.ts';
import type { ChannelName } from '../conversation/message.ts';
import { replyWith } from '../conversation/speech.ts';
import { SECOND_MS } from '../lib/clock.ts';
import type { Mailer } from '../outbox/mailer.ts';
import { rescueCodes } from '../services/credits/rescue-codes.ts';
import type { Job } from './jobs.ts';

const BATCH = 100;

/** `channels` are those that messages can be sent on. */
export const rescueCodesJob = (mailer: Mailer, channels: readonly ChannelName[]): Job => ({
  // Somebody may stand at a counter.
  everyMs: 3 * SECOND_MS,
  run: (context) => {
    const rescues = rescueCodes(context, channels, BATCH);
    for (const rescue of rescues) {
      if (rescue.kind === 'sent-elsewhere') {
        const { identityId, code } = rescue;
        mailer.tellAt(context, {
          identityId,
          build: (voice) => codeReply(voice, code, context.now),
        });
        continue;
      }
      const { personId, credits, title } = rescue;
      mailer.tell(context, {
        personId,
        build: (voice) =>
          replyWith(voice.say('code.taken-back', { title, credits: voice.credits(credits) }), [
            choice(voice, 'offers'),
          ]),
        when: 'at-once',
      });
    }
    return rescues.length > 0;
  },
});
