/** Lets an organization act again that was suspended or deferred, or had half the cap. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { tellOfStanding } from '../../src/conversation/tell-of-standing.ts';
import { resumePartner } from '../../src/services/partners/suspend-partner.ts';
import { adminsOf } from '../../src/services/roles.ts';

export const resume: Command = {
  name: 'resume',
  who: 'admin',
  exact: true,
  movesAuthority: true,
  summary: 'resume.summary',
  explain: (talk, args) => (args === '' ? replyWith(talk.say('resume.usage')) : undefined),
  run: (talk, args) => {
    if (args === '') return replyWith(talk.say('resume.usage'));
    const result = resumePartner(talk.context, talk.person.id, args);
    if (!result.ok) return replyWith(talk.refusal(result.refusal));
    const told = tellOfStanding(talk, 'resume', {
      ...result.value,
      admins: adminsOf(talk.context),
    });
    return replyWith(talk.say('resume.done', { name: result.value.name, told }));
  },
};
