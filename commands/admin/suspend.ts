/** Stops an organization, for a reason that everybody can read. */
import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { tellOfStanding } from '../../src/conversation/tell-of-standing.ts';
import { suspendPartner } from '../../src/services/partners/suspend-partner.ts';
import { adminsOf } from '../../src/services/roles.ts';

export const suspend: Command = {
  name: 'suspend',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  summary: 'suspend.summary',
  explain: (talk, args) => (args === '' ? replyWith(talk.say('suspend.usage')) : undefined),
  run: (talk, args) => {
    if (args === '') return replyWith(talk.say('suspend.usage'));
    const result = suspendPartner(talk.context, talk.person.id, args);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const told = tellOfStanding(talk, 'suspend', {
      ...result.value,
      admins: adminsOf(talk.context),
    });
    const { name } = result.value;
    return replyWith(talk.say('suspend.done', { name, told }), [choice(talk, 'review')]);
  },
};
