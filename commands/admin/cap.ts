import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';

export const cap: Command = {
  name: 'cap',
  who: 'admin',
  exact: true,
  summary: 'cap.summary',
  run: (talk, args) => {
    const said = talk.read.nameAndCredits(args);
    if (said === undefined) return replyWith(talk.say('cap.usage'));
    const result = setCap(talk.context, talk.person.id, {
      issuer: said.name,
      amount: said.credits,
    });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { issued, epoch } = result.value;
    return replyWith(
      talk.say('cap.set', {
        name: result.value.name,
        credits: talk.credits(result.value.amount),
        issued: talk.credits(issued),
        epoch,
      }),
    );
  },
};
