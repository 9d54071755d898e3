/** Parts one of a person's addresses off: the way back from LINK. */
import { yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { unlinkAddress } from '../../src/services/people/part-address.ts';
import { type MaskedAddress, seeAddresses } from '../../src/services/people/see-address.ts';

const numbered = (talk: Talk): readonly MaskedAddress[] =>
  seeAddresses(talk.context, talk.person.id);

function list(talk: Talk) {
  const all = numbered(talk);
  if (all.length < 2) return replyWith(talk.say('unlink.only'));
  const lines = all.map((address, at) =>
    talk.say('unlink.line', { ...address, number: talk.number(at + 1) }),
  );
  return replyWith([...lines, talk.say('unlink.how')].join('\n'));
}

function ask(talk: Talk, number: number) {
  const all = numbered(talk);
  const address = all[number - 1];
  if (address === undefined || all.length < 2) return list(talk);
  talk.ask('sure', { identity: address.id });
  return replyWith(talk.say('unlink.ask', address), yesOrNo(talk));
}

export const unlink: Command = {
  name: 'unlink',
  who: 'resident',
  exact: true,
  run: (talk, args) => {
    const number = talk.read.number(args);
    return number === undefined ? list(talk) : ask(talk, number);
  },
  steps: {
    sure: (talk, text, data) => {
      if (talk.read.is('no', text)) return replyWith(talk.say('unlink.kept'));
      if (!talk.read.is('yes', text)) return null;
      const parted = numbered(talk).find(({ id }) => id === data.identity);
      const others = numbered(talk).filter(({ id }) => id !== talk.identityId);
      const result = unlinkAddress(talk.context, talk.person.id, Number(data.identity));
      if (!result.ok) return replyWith(talk.refusal(result.refusal));
      const facts = { channel: parted?.channel ?? '', ending: parted?.ending ?? '' };
      for (const { id } of others) {
        talk.tellAt(id, (voice) => replyWith(voice.say('unlink.done', facts)));
      }
      return replyWith(talk.say('unlink.done', facts));
    },
  },
  hints: { sure: 'yes-no' },
};
