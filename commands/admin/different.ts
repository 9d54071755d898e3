/** An admin says that two accounts are two people's, and why. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { judgeAlike } from '../../src/services/people/judge-alike.ts';

export const different: Command = {
  name: 'different',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  explain: (talk, args) =>
    talk.read.numberAndWords(args) === undefined
      ? replyWith(talk.say('different.usage'))
      : undefined,
  run: (talk, args) => {
    const named = talk.read.numberAndWords(args);
    if (named === undefined) return replyWith(talk.say('different.usage'));
    const { number: id, words: reason } = named;
    const said = judgeAlike(talk.context, talk.person.id, { id, verdict: 'different', reason });
    if (!said.ok) return replyWith(talk.refusal(said.refusal));
    const { one, other } = said.value;
    const ids = { one: one.participantId, other: other.participantId };
    return replyWith(talk.say('different.said', ids));
  },
};
