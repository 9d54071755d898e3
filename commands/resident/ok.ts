/** Answers a yes that no question asked for. */
import type { Command } from '../../src/conversation/command.ts';
import { nextSteps } from '../../src/conversation/next-steps.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeNext } from '../../src/services/people/see-next.ts';

export const ok: Command = {
  name: 'ok',
  who: 'resident',
  // The words are so short that others one letter away mean something else.
  exact: true,
  run: (talk) => {
    const next = nextSteps(talk, seeNext(talk.context, talk.person));
    return replyWith(`${talk.say('ok.nothing-open')} ${next.text}`, next.choices);
  },
};
