/** Links the channels of one person. Its answers are for this person alone. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith, type Voice } from '../../src/conversation/speech.ts';
import { parseLinkCode, showLinkCode } from '../../src/domain/link.ts';
import { seeBalance } from '../../src/services/credits/see-balance.ts';
import { beginLink, LINK_MINUTES } from '../../src/services/people/begin-link.ts';
import { finishLink } from '../../src/services/people/finish-link.ts';

export const link: Command = {
  name: 'link',
  who: 'resident',
  exact: true,
  summary: 'link.summary',
  run: (talk, args) => {
    const { context } = talk;
    if (args === '') {
      const code = showLinkCode(beginLink(context, talk.person.id));
      return replyWith(talk.say('link.code', { code, minutes: LINK_MINUTES }));
    }
    const code = parseLinkCode(args);
    if (code === undefined) return replyWith(talk.say('link.usage'));
    const result = finishLink(context, talk.person.id, code);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const { person, others } = result.value;
    const { available } = seeBalance(context, person.participantId);
    const linked = (voice: Voice) =>
      replyWith(voice.say('link.linked', { credits: voice.credits(available) }));
    for (const identityId of others) talk.tellAt(identityId, linked);
    return linked(talk.speechIn(person.language));
  },
};
