/** The law's own word: one confirmation, and nothing after it (channels.md). */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { stopMessages } from '../../src/services/people/stop-messages.ts';

export const stop: Command = {
  name: 'stop',
  who: 'anyone',
  exact: true,
  isPublic: true,
  run: (talk) => {
    const text = talk.say('stop.stopped', { city: talk.context.city.name });
    stopMessages(talk.context, talk.identityId, text);
    return replyWith(text);
  },
};
