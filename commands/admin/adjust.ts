/** Asks another admin to agree to a correction of somebody's credits: `ADJUST p-… +28 because …`. */
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { shorten } from '../../src/lib/text.ts';
import { askCorrection } from '../../src/services/credits/correct-credits.ts';

/** So much fits beside the facts; the public record has the whole. */
const REASON_SHOWN = 160;
const ASKED = /^(p-[0-9a-z]{12})[\s,:;]+([+\-−–])\s*(\d{1,9})(?![\d.])[\s,:;]*(.*)$/isu;

/** The words after BECAUSE; all of them where it is left out. */
function reasonIn(talk: Talk, text: string): string {
  const [, first = '', rest = ''] = /^(\S+)\s*(.*)$/su.exec(text) ?? [];
  const reason = talk.read.is('because', first) ? rest : text;
  // A number tells nobody why.
  return talk.read.isNumbers(reason) ? '' : reason;
}

export const adjust: Command = {
  name: 'adjust',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  summary: 'adjust.summary',
  explain: (talk, args) => (ASKED.test(args) ? undefined : replyWith(talk.say('adjust.usage'))),
  run: (talk, args) => {
    const [, id = '', sign, credits = '', words = ''] = ASKED.exec(args) ?? [];
    if (sign === undefined) return replyWith(talk.say('adjust.usage'));
    const result = askCorrection(talk.context, talk.person, {
      participantId: id.toLowerCase(),
      amount: (sign === '+' ? 1 : -1) * Number(credits),
      reason: reasonIn(talk, words),
    });
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { others, ...asked } = result.value;
    const facts = { ...asked, reason: shorten(asked.reason, REASON_SHOWN) };
    for (const personId of others) {
      talk.tell({
        personId,
        when: 'at-once',
        build: (voice) =>
          replyWith(voice.say('adjust.told', { ...facts, admin: talk.person.participantId })),
      });
    }
    return replyWith(talk.say('adjust.asked', facts));
  },
};
