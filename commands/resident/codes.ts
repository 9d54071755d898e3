import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { showCode } from '../../src/domain/code.ts';
import { shorten } from '../../src/lib/text.ts';
import { seeCodes } from '../../src/services/credits/see-codes.ts';

const TITLE_SHOWN = 40;
const NAME_SHOWN = 30;

export const codes: Command = {
  name: 'codes',
  who: 'resident',
  isEssential: true,
  summary: 'codes.summary',
  run: (talk) => {
    const live = seeCodes(talk.context, talk.person.id);
    if (live.length === 0) return replyWith(talk.say('codes.none'), [choice(talk, 'offers')]);
    const lines = live.map(({ code, title, redeemer, expiresAt }) =>
      talk.say('codes.line', {
        code: showCode(code),
        title: shorten(title, TITLE_SHOWN),
        redeemer: shorten(redeemer, NAME_SHOWN),
        until: expiresAt,
      }),
    );
    const [first] = live;
    const how = talk.say('codes.how', { code: first === undefined ? '' : showCode(first.code) });
    return replyWith(
      [...lines, how].join('\n'),
      live.map(({ code }) => choice(talk, 'release', showCode(code))),
    );
  },
};
