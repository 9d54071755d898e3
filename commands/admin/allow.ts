/** An admin allows an account to move without its code: two weeks later, unless an old address speaks. */
import type { Command } from '../../src/conversation/command.ts';
import { askOldAddress } from '../../src/conversation/move-replies.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { allowMove } from '../../src/services/people/ask-move.ts';
import { seeAddress } from '../../src/services/people/see-address.ts';

export const allow: Command = {
  name: 'allow',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  explain: (talk, args) =>
    talk.read.numberAndWords(args) === undefined ? replyWith(talk.say('allow.usage')) : undefined,
  run: (talk, args) => {
    const { context } = talk;
    const named = talk.read.numberAndWords(args);
    if (named === undefined) return replyWith(talk.say('allow.usage'));
    const { number: id, words: reason } = named;
    const allowed = allowMove(context, talk.person.id, { id, reason });
    if (!allowed.ok) return replyWith(talk.refusal(allowed.refusal));
    const { dueAt: due, to, old } = allowed.value;
    const address = seeAddress(context, to);
    for (const one of old) {
      const leaving = { move: id, to: address, due, isGuarded: true };
      askOldAddress(talk, seeAddress(context, one), leaving);
    }
    talk.tellAt(to, (voice) => replyWith(voice.say('move.waiting', { due })));
    return replyWith(talk.say('allow.allowed', { due }));
  },
};
