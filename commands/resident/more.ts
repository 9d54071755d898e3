/** Sends the rest of a long answer, where one message holds only so much. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWithNext } from '../../src/conversation/next-steps.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { readOn } from '../../src/services/people/read-on.ts';
import { seeNext } from '../../src/services/people/see-next.ts';

export const more: Command = {
  name: 'more',
  who: 'resident',
  // The word is so short that others one letter away mean something else.
  exact: true,
  summary: 'more.summary',
  run: (talk) => {
    const rest = readOn(talk.context, talk.identityId);
    if (rest !== undefined) return replyWith(rest.text, rest.choices);
    return replyWithNext(talk, talk.say('more.none'), seeNext(talk.context, talk.person));
  },
};
