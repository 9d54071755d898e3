/** The law's own word: one confirmation, and nothing after it (channels.md). */
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { stopMessages } from '../../src/services/people/stop-messages.ts';
import type { Braked } from '../../src/services/tasks/brake-broadcast.ts';

/** Tells the admins and the organizer of a broadcast that too many answered with STOP. */
function tellOfBrake(talk: Talk, { tell, ...facts }: Braked): void {
  for (const personId of tell) {
    talk.tell({
      personId,
      when: 'contact-hours',
      build: (voice) => replyWith(voice.say('broadcast.braked', facts)),
    });
  }
}

export const stop: Command = {
  name: 'stop',
  who: 'anyone',
  exact: true,
  isPublic: true,
  isEssential: true,
  run: (talk) => {
    const text = talk.say('stop.stopped', { city: talk.context.city.name });
    const braked = stopMessages(talk.context, talk.identityId, text);
    if (braked !== undefined) tellOfBrake(talk, braked);
    return replyWith(text);
  },
};
