import { choice } from '../../src/conversation/choices.ts';
import type { Command } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { setLanguage } from '../../src/services/people/set-language.ts';

export const lang: Command = {
  name: 'lang',
  who: 'anyone',
  summary: 'lang.summary',
  run: (talk, args) => {
    const { languages } = talk.context.city;
    const wanted = talk.read.language(args);
    if (wanted === undefined || !languages.includes(wanted)) {
      const choices = languages.map((language) => {
        const send = `${talk.word('lang')} ${language.toUpperCase()}`;
        return {
          label: talk.say('lang.name', { language, name: talk.read.ownName(language) }),
          send,
        };
      });
      const list = choices.map(({ label, send }) => `${send} (${label})`).join(', ');
      return replyWith(talk.say('lang.which', { list }), choices);
    }
    setLanguage(talk.context, talk.person.id, wanted);
    const voice = talk.speechIn(wanted);
    // A stranger has agreed to nothing yet and reads the question again, in their own language.
    if (talk.person.joinedAt === null) return talk.run('hello', '');
    return replyWith(voice.say('lang.changed'), [choice(voice, 'tasks'), choice(voice, 'help')]);
  },
};
