/** First contact: what this is, and the consent that every carrier asks for (channels.md). */

import { yesOrNo } from '../../src/conversation/choices.ts';
import type { Command, MessageSent, Talk } from '../../src/conversation/command.ts';
import { again } from '../../src/conversation/misunderstanding.ts';
import { replyWithNext } from '../../src/conversation/next-steps.ts';
import { publicly, replyWith } from '../../src/conversation/speech.ts';
import { shorten } from '../../src/lib/text.ts';
import { agreeToMessages } from '../../src/services/people/agree-to-messages.ts';
import { seeNext } from '../../src/services/people/see-next.ts';
import { seeTasks } from '../../src/services/tasks/see-tasks.ts';

/** Long enough for a command with its words; what is longer waits to be sent again. */
const TEXT_KEPT_MAX = 1000;

const wording = (talk: Talk): string =>
  talk.say('hello.ask', { city: talk.context.city.name, channel: talk.channel });

/** The first message counts once the person has agreed: it is kept, and carried out then. */
const keep = (talk: Talk, text: string): void =>
  talk.ask('consent', {
    text: shorten(text, TEXT_KEPT_MAX),
    inboxId: talk.message.inboxId,
    hasPictures: talk.message.pictures.length > 0,
    task: talk.message.repliesToTask ?? null,
  });

const ask = (talk: Talk, text: string) => {
  keep(talk, text);
  return publicly(replyWith(wording(talk), yesOrNo(talk)));
};

/** Carries out what the person first wrote; where that was no command, shows what is open. */
function carryOn(talk: Talk, text: string, message: MessageSent) {
  if (talk.commandIn(text) !== undefined) return talk.understand(text, message);
  const isFound = text !== '' && seeTasks(talk.context, text, 1).length > 0;
  return talk.run('tasks', isFound ? text : '');
}

export const hello: Command = {
  name: 'hello',
  who: 'anyone',
  run: (talk, text) => {
    if (talk.person.joinedAt === null) return ask(talk, text);
    if (talk.commandIn(text) !== undefined) return talk.understand(text, talk.message);
    // 'Hi, could I have a coffee' is about the coffee.
    if (talk.read.wish(text)?.isWanted === true) return talk.understand(text, talk.message);
    const welcome = talk.say('hello.back', { city: talk.context.city.name });
    return replyWithNext(talk, welcome, seeNext(talk.context, talk.person));
  },
  steps: {
    consent: (talk, text, data) => {
      if (talk.read.is('no', text)) return publicly(replyWith(talk.say('hello.declined')));
      const first = String(data.text);
      if (!talk.read.isConsent(text) && talk.read.legalWord(text) !== 'start') {
        // A question in between must not cost the person what they came for, and neither does a yes
        // in a word that carriers don't take.
        const isAnother = talk.commandIn(first) === undefined && !talk.read.is('yes', text);
        if (isAnother) keep(talk, text);
        else talk.ask('consent', data);
        return again(publicly(replyWith(talk.say('again.consent'), yesOrNo(talk))));
      }
      const at = { identityId: talk.identityId, personId: talk.person.id };
      agreeToMessages(talk.context, at, wording(talk));
      const { city } = talk.context;
      const joined = publicly(
        replyWith(talk.say('hello.joined', { city: city.name, channel: talk.channel })),
      );
      const message = {
        inboxId: Number(data.inboxId),
        repliesToTask: data.task === null ? undefined : Number(data.task),
      };
      if (data.hasPictures === true) return [joined, ...talk.understand(first, message)];
      // 'Hola, me apunto' is about joining.
      const said = talk.commandIn(first);
      const greeted = said?.name === 'hello' ? said.args : first;
      const wish = talk.read.is('yes', first) ? '' : greeted;
      return [joined, ...carryOn(talk, wish, message)];
    },
  },
};
