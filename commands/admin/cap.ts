import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { setCap } from '../../src/services/credits/set-cap.ts';

export const cap: Command = {
  name: 'cap',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  summary: 'cap.summary',
  explain: (talk, args) =>
    talk.read.nameAndCredits(args) === undefined ? replyWith(talk.say('cap.usage')) : undefined,
  run: (talk, args) => {
    const wanted = talk.read.nameAndCredits(args);
    if (wanted === undefined) return replyWith(talk.say('cap.usage'));
    const { name: issuer, credits: cap } = wanted;
    const result = setCap(talk.context, talk.person.id, { issuer, amount: cap });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { amount, asked, issued, ...facts } = result.value;
    const said = { credits: talk.credits(amount), issued: talk.credits(issued) };
    const half = { name: facts.name, asked: talk.credits(asked) };
    const note = asked === amount ? [] : [talk.say('cap.half', half)];
    return replyWith([talk.say('cap.set', { ...facts, ...said }), ...note].join(' '));
  },
};
