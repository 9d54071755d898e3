import { choice } from '../../src/conversation/choices.ts';
import { askWhichCode } from '../../src/conversation/code-reply.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { codesSaid } from '../../src/domain/code.ts';
import { refuse } from '../../src/lib/result.ts';
import { releaseCode } from '../../src/services/credits/release-code.ts';

export const release: Command = {
  name: 'release',
  who: 'resident',
  exact: true,
  summary: 'release.summary',
  run: (talk, args) => {
    const codes = codesSaid(args);
    if (codes.length > 1) return askWhichCode(talk, 'release', codes);
    const [code] = codes;
    const result =
      code === undefined
        ? refuse('code-malformed')
        : releaseCode(talk.context, talk.person.id, code);
    if (!result.ok) {
      const text =
        talk.read.plain(args) === '' ? talk.say('release.usage') : talk.refusal(result.refusal);
      return replyWith(text, [choice(talk, 'codes')]);
    }
    const { credits, title } = result.value;
    return replyWith(talk.say('release.released', { credits: talk.credits(credits), title }), [
      choice(talk, 'balance'),
      choice(talk, 'offers'),
    ]);
  },
};
