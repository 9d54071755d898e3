import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeBalance } from '../../src/services/credits/see-balance.ts';

export const balance: Command = {
  name: 'balance',
  who: 'resident',
  summary: 'balance.summary',
  run: (talk) => {
    const { available, held } = seeBalance(talk.context, talk.person.participantId);
    const sentences = [talk.say('balance.available', { credits: talk.credits(available) })];
    if (held > 0) sentences.push(talk.say('balance.held', { credits: talk.credits(held) }));
    sentences.push(available > 0 ? talk.say('balance.spend') : talk.say('balance.earn'));
    return replyWith(sentences.join(' '), [
      choice(talk, available > 0 ? 'offers' : 'tasks'),
      choice(talk, 'history'),
    ]);
  },
};
