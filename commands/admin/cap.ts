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
    const { name: issuer, credits: cap, isNext } = wanted;
    const result = setCap(talk.context, talk.person.id, { issuer, amount: cap, isNext });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { name, amount, asked, issued, epoch } = result.value;
    const facts = { name, credits: talk.credits(amount) };
    const said = isNext
      ? talk.say('cap.set-next', { ...facts, date: epoch.startsAt })
      : talk.say('cap.set', { ...facts, issued: talk.credits(issued), epoch: epoch.name });
    const note =
      asked === amount ? [] : [talk.say('cap.half', { name, asked: talk.credits(asked) })];
    return replyWith([said, ...note].join(' '));
  },
};
