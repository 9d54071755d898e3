/** For the counter: the first words of the answer say whether to honor the code. */

import { choice, yesOrNo } from '../../src/conversation/choices.ts';
import { askWhichCode } from '../../src/conversation/code-reply.ts';
import type { Command, Talk } from '../../src/conversation/command.ts';
import type { Reply } from '../../src/conversation/message.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { codesIn, codesSaid, showCode } from '../../src/domain/code.ts';
import { refuse } from '../../src/lib/result.ts';
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

/** The counter gives what was promised. */
const given = (text: string): Reply => ({ ...replyWith(text), verdict: 'give' });

/** The answer to one code, which is used up where it is good. */
function honor(talk: Talk, code: string | undefined): Reply {
  const result =
    code === undefined ? refuse('code-malformed') : confirmCode(talk.context, talk.person.id, code);
  if (!result.ok) {
    if (result.refusal.params.lockedNow === 1) tellAdmins(talk);
    const reason = talk.refusal(result.refusal);
    return { ...replyWith(talk.say('confirm.no', { reason })), verdict: 'do-not-give' };
  }
  const { title, credits, honoredAt, repeated, isLate, personId } = result.value;
  const facts = { title, credits: talk.credits(credits), at: talk.when(honoredAt) };
  if (repeated) return given(talk.say('confirm.repeated', facts));
  talk.tell({
    personId,
    when: 'at-once',
    build: (voice) => {
      const said = { title, credits: voice.credits(credits) };
      const text = voice.say(isLate ? 'confirm.told-late' : 'confirm.told', said);
      return replyWith(text, [choice(voice, 'balance')]);
    },
  });
  return given(talk.say(isLate ? 'confirm.honored-late' : 'confirm.honored', facts));
}

/** A code without a word: asks before it is used up. */
function askFirst(talk: Talk, text: string): Reply {
  const codes = codesIn(text);
  const [code] = codes;
  if (code === undefined) return honor(talk, code);
  if (codes.length > 1) return askWhichCode(talk, 'confirm', codes);
  talk.ask('sure', { code });
  return replyWith(talk.say('confirm.ask', { code: showCode(code) }), yesOrNo(talk));
}

export const confirm: Command = {
  name: 'confirm',
  who: 'redeemer',
  right: 'codes',
  exact: true,
  isEssential: true,
  summary: 'confirm.summary',
  run: (talk, args) => {
    if (talk.read.plain(args) === '') return replyWith(talk.say('confirm.usage'));
    const codes = codesSaid(args);
    return codes.length > 1 ? askWhichCode(talk, 'confirm', codes) : honor(talk, codes[0]);
  },
  runBare: askFirst,
  steps: {
    sure: (talk, text, data) => {
      if (talk.read.is('no', text)) return replyWith(talk.say('confirm.kept'));
      return talk.read.is('yes', text) ? honor(talk, String(data.code)) : null;
    },
  },
};
