/** Opts in, for the first time or again. */
import type { Command } from '../../src/conversation/command.ts';
import { replyWithNext } from '../../src/conversation/next-steps.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { seeNext } from '../../src/services/people/see-next.ts';

export const start: Command = {
  name: 'start',
  who: 'anyone',
  exact: true,
  isEssential: true,
  run: (talk) => {
    const isNew = talk.person.joinedAt === null;
    const text = talk.say('hello.joined', {
      city: talk.context.city.name,
      channel: talk.channel,
    });
    agreeToMessages(talk.context, { identityId: talk.identityId, personId: talk.person.id }, text);
    if (isNew) return [publicly(replyWith(text)), ...talk.run('tasks', '')];
    return replyWithNext(talk, text, seeNext(talk.context, talk.person));
  },
};
