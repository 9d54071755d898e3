/** An admin says that two accounts are one person's, and why. Both are told. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { judgeAlike } from '../../src/services/people/judge-alike.ts';

export const same: Command = {
  name: 'same',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  explain: (talk, args) =>
    talk.read.numberAndWords(args) === undefined ? replyWith(talk.say('same.usage')) : undefined,
  run: (talk, args) => {
    const { context } = talk;
    const named = talk.read.numberAndWords(args);
    if (named === undefined) return replyWith(talk.say('same.usage'));
    const { number: id, words: reason } = named;
    const said = judgeAlike(context, talk.person.id, { id, verdict: 'same', reason });
    if (!said.ok) return replyWith(talk.refusal(said.refusal));
    const { one, other } = said.value;
    const facts = { reason, contact: context.city.contact };
    for (const [told, about] of [
      [one, other],
      [other, one],
    ] as const) {
      talk.tell({
        personId: told.id,
        when: 'contact-hours',
        build: (voice) =>
          replyWith(voice.say('same.told', { ...facts, other: about.participantId })),
      });
    }
    const ids = { one: one.participantId, other: other.participantId };
    return replyWith(talk.say('same.said', ids));
  },
};
