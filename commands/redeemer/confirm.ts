/** For the counter: the first words of the answer say whether to honor the code. */

import { choice } from '../../src/conversation/choices.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseCode } from '../../src/domain/code.ts';
import { confirmCode } from '../../src/services/credits/confirm-code.ts';
import { adminsOf, partnersFor } from '../../src/services/roles.ts';

function tellAdmins(talk: Talk): void {
  const redeemer = partnersFor(talk.context, talk.person.id, 'codes')
    .map(({ name }) => name)
    .join(', ');
  for (const admin of adminsOf(talk.context)) {
    if (admin === talk.person.id) continue;
    talk.tell({
      personId: admin,
      when: 'contact-hours',
      build: (voice) => replyWith(voice.say('confirm.locked', { redeemer })),
    });
  }
}

export const confirm: Command = {
  name: 'confirm',
  who: 'redeemer',
  right: 'codes',
  exact: true,
  isEssential: true,
  summary: 'confirm.summary',
  run: (talk, args) => {
    if (args === '') return replyWith(talk.say('confirm.usage'));
    const code = parseCode(args);
    const result = code.ok ? confirmCode(talk.context, talk.person.id, code.value) : code;
    if (!result.ok) {
      if (result.refusal.params.lockedNow === 1) tellAdmins(talk);
      return replyWith(talk.say('confirm.no', { reason: talk.refusal(result.refusal) }));
    }
    const { title, credits, honoredAt, repeated, isLate, personId } = result.value;
    const facts = { title, credits: talk.credits(credits), at: talk.when(honoredAt) };
    if (repeated) return replyWith(talk.say('confirm.repeated', facts));
    talk.tell({
      personId,
      when: 'at-once',
      build: (voice) => {
        const said = { title, credits: voice.credits(credits) };
        const text = voice.say(isLate ? 'confirm.told-late' : 'confirm.told', said);
        return replyWith(text, [choice(voice, 'balance')]);
      },
    });
    return replyWith(talk.say(isLate ? 'confirm.honored-late' : 'confirm.honored', facts));
  },
};
