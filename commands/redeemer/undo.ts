/** Takes back what this operator confirmed last: it is read back, and asked about, before. */
import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { seeUndoable, undoConfirm } from '../../src/services/credits/undo-confirm.ts';

function carryOut(talk: Talk, redemption: number): Reply {
  const undone = undoConfirm(talk.context, talk.person, redemption);
  if (!undone.ok) return replyWith(talk.refusal(undone.refusal));
  const { title, credits, personId } = undone.value;
  talk.tell({
    personId,
    when: 'at-once',
    build: (voice) =>
      replyWith(voice.say('undo.told', { title, credits: voice.credits(credits) }), [
        choice(voice, 'balance'),
      ]),
  });
  return replyWith(talk.say('undo.undone', { title, credits: talk.credits(credits) }));
}

export const undo: Command = {
  name: 'undo',
  who: 'redeemer',
  right: 'codes',
  exact: true,
  isEssential: true,
  summary: 'undo.summary',
  run: (talk) => {
    const found = seeUndoable(talk.context, talk.person.id);
    if (!found.ok) return replyWith(talk.refusal(found.refusal));
    const { redemption, title, credits, honoredAt } = found.value;
    talk.ask('sure', { redemption });
    const facts = { title, credits: talk.credits(credits), at: talk.when(honoredAt) };
    return replyWith(talk.say('undo.ask', facts), yesOrNo(talk));
  },
  steps: {
    sure: (talk, text, { redemption }) => {
      if (talk.read.is('no', text)) return replyWith(talk.say('undo.kept'));
      return talk.read.is('yes', text) ? carryOut(talk, Number(redemption)) : null;
    },
  },
  hints: { sure: 'yes-no' },
};
