import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { parseCode } from '../../src/domain/code.ts';
import { releaseCode } from '../../src/services/credits/release-code.ts';

export const release: Command = {
  name: 'release',
  who: 'resident',
  exact: true,
  summary: 'release.summary',
  run: (talk, args) => {
    const code = parseCode(args);
    const result = code.ok ? releaseCode(talk.context, talk.person.id, code.value) : code;
    if (!result.ok) {
      const text = args === '' ? talk.say('release.usage') : talk.refusal(result.refusal);
      return replyWith(text, [choice(talk, 'codes')]);
    }
    const { credits, title } = result.value;
    return replyWith(talk.say('release.released', { credits: talk.credits(credits), title }), [
      choice(talk, 'balance'),
      choice(talk, 'offers'),
    ]);
  },
};
