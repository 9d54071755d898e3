/** Agrees to a correction that another admin asked for; its holder is told what it was and why. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { agreeToCorrection } from '../../src/services/credits/correct-credits.ts';

export const agree: Command = {
  name: 'agree',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  summary: 'agree.summary',
  explain: (talk, args) =>
    talk.read.number(args) === undefined ? replyWith(talk.say('agree.usage')) : undefined,
  run: (talk, args) => {
    const number = talk.read.number(args);
    if (number === undefined) return replyWith(talk.say('agree.usage'));
    const result = agreeToCorrection(talk.context, talk.person, number);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { personId, askedBy, ...facts } = result.value;
    talk.tell({
      personId,
      when: 'at-once',
      build: (voice) => replyWith(voice.say('agree.holder', facts), [choice(voice, 'history')]),
    });
    if (askedBy !== undefined) {
      talk.tell({
        personId: askedBy,
        when: 'at-once',
        build: (voice) => replyWith(voice.say('agree.asker', { ...facts, correction: number })),
      });
    }
    return replyWith(talk.say('agree.done', facts));
  },
};
