import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';

export const cap: Command = {
  name: 'cap',
  who: 'admin',
  exact: true,
  summary: 'cap.summary',
  run: (talk, args) => {
    const wanted = talk.read.nameAndCredits(args);
    if (wanted === undefined) return replyWith(talk.say('cap.usage'));
    const { name: issuer, credits: cap } = wanted;
    const result = setCap(talk.context, talk.person.id, { issuer, amount: cap });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { amount, issued, ...facts } = result.value;
    const said = { credits: talk.credits(amount), issued: talk.credits(issued) };
    return replyWith(talk.say('cap.set', { ...facts, ...said }));
  },
};
