/**
 * An account moves to a new phone: by the recovery code, or where that is lost by an admin's word.
 * Nothing moves unseen: every old address is told, and stops it with any word.
 */
import { yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { askOldAddress, movedReply, recoveryReply } from '../../src/conversation/move-replies.ts';
import { essentially, replyWith } from '../../src/conversation/speech.ts';
import { parseRecoveryCode } from '../../src/domain/move.ts';
import { countriesOf } from '../../src/lib/countries.ts';
import { twelveSymbolsIn } from '../../src/lib/crockford.ts';
import { phoneNumberIn } from '../../src/lib/phone-number.ts';
import { askMove } from '../../src/services/people/ask-move.ts';
import { beginMove } from '../../src/services/people/begin-move.ts';
import { agreeToMove } from '../../src/services/people/carry-out-move.ts';
import { renewRecoveryCode } from '../../src/services/people/recovery-code.ts';
import { seeAddress } from '../../src/services/people/see-address.ts';

const atOf = ({ identityId, person }: Talk) => ({ identityId, personId: person.id });

function begin(talk: Talk, code: string) {
  const { context, message } = talk;
  const begun = beginMove(context, atOf(talk), { code, isPublic: message.isPublic });
  if (!begun.ok) return replyWith(talk.refusal(begun.refusal));
  if (begun.value.kind === 'proven') return replyWith(talk.say('move.proven'));
  const { move, dueAt: due, old, tell, participantId, acts } = begun.value;
  const to = seeAddress(context, talk.identityId);
  for (const id of old) {
    askOldAddress(talk, seeAddress(context, id), { move, to, due, isGuarded: acts });
  }
  for (const personId of tell) {
    const facts = { ...to, due, participantId };
    const build = (voice: Pick<Talk, 'say'>) => replyWith(voice.say('move.admins', facts));
    talk.tell({ personId, when: 'at-once', build });
  }
  return replyWith(talk.say('move.waiting', { due }));
}

/** The code is lost: the admins decide. The answer does not tell whether the number is known. */
function askAdmins(talk: Talk, number: string) {
  const { context } = talk;
  const asked = askMove(context, atOf(talk), number);
  if (!asked.ok) return replyWith(talk.refusal(asked.refusal));
  if (asked.value !== undefined) {
    const { id, from, to, tell, old } = asked.value;
    const address = seeAddress(context, to);
    const facts = { ...address, from: seeAddress(context, from).ending };
    for (const one of old)
      talk.tellAt(one, (voice) => replyWith(voice.say('move.asked-old', address)));
    for (const personId of tell) {
      talk.tell({
        personId,
        when: 'contact-hours',
        build: (voice) =>
          replyWith(voice.say('move.asked-admins', { ...facts, number: voice.number(id) })),
      });
    }
  }
  return replyWith(talk.say('move.asked'));
}

export const move: Command = {
  name: 'move',
  who: 'resident',
  exact: true,
  stepsThatStayOpen: ['renew'],
  run: (talk, words) => {
    const args = talk.read.plain(words);
    if (args === '') return replyWith(talk.say('move.usage'));
    if (talk.read.is('another', args)) {
      talk.ask('renew', {});
      return replyWith(talk.say('move.ask-new'), yesOrNo(talk));
    }
    const number = phoneNumberIn(args, countriesOf(talk.context.city.timeZone));
    if (number !== undefined) return askAdmins(talk, number);
    const code = parseRecoveryCode(twelveSymbolsIn(args));
    return code === undefined ? replyWith(talk.say('move.usage')) : begin(talk, code);
  },
  steps: {
    renew: (talk, text) => {
      if (talk.read.is('no', text)) return replyWith(talk.say('move.kept'));
      if (!talk.read.is('yes', text)) return null;
      const code = renewRecoveryCode(talk.context, talk.person.id);
      return code.ok
        ? essentially(recoveryReply(talk, code.value))
        : replyWith(talk.refusal(code.refusal));
    },
    /** An old address says that the account may move at once. Any other word has stopped it before. */
    now: (talk, text, data) => {
      const { context, identityId } = talk;
      const isYes = data.number === null ? talk.read.is('yes', text) : text.trim() === data.number;
      if (!isYes) return null;
      // Once the new address was forgotten there is no such move, and no such address.
      if (context.tx.moves.get(Number(data.move)) === undefined) return null;
      const to = seeAddress(context, Number(data.to));
      const away = (voice: Pick<Talk, 'say'>) => replyWith(voice.say('move.away', to));
      const moved = agreeToMove(context, identityId, {
        moveId: Number(data.move),
        leaving: (id) => talk.tellAt(id, away),
      });
      if (moved === undefined) return null;
      const code = moved.ok ? moved.code : undefined;
      talk.tellAt(moved.to, (voice) => movedReply(voice, code));
      return replyWith(talk.say(moved.ok ? 'move.agreed' : 'move.failed', to));
    },
  },
  hints: { renew: 'yes-no' },
};
