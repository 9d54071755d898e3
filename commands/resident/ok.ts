/** Answers a yes that no question asked for. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWithNext } from '../../src/conversation/next-steps.ts';
import { seeNext } from '../../src/services/people/see-next.ts';

export const ok: Command = {
  name: 'ok',
  who: 'resident',
  // The words are so short that others one letter away mean something else.
  exact: true,
  run: (talk) =>
    replyWithNext(talk, talk.say('ok.nothing-open'), seeNext(talk.context, talk.person)),
};
