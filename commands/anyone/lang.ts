import { choice } from '../../src/conversation/choices.ts';
import type { Command, Language } from '../../src/conversation/command.ts';
import { replyWith } from '../../src/conversation/speech.ts';
import { foldWords } from '../../src/lib/text.ts';
import { setLanguage } from '../../src/services/people/set-language.ts';

const NAMES: ReadonlyMap<string, Language> = new Map([
  ['EN', 'en'],
  ['ENG', 'en'],
  ['ENGLISH', 'en'],
  ['INGLES', 'en'],
  ['ES', 'es'],
  ['ESP', 'es'],
  ['SPANISH', 'es'],
  ['ESPANOL', 'es'],
  ['CASTELLANO', 'es'],
]);

export const lang: Command = {
  name: 'lang',
  words: { en: ['LANG', 'LANGUAGE'], es: ['IDIOMA', 'LENGUA'] },
  shorthands: {
    ENGLISH: 'EN',
    'IN ENGLISH': 'EN',
    INGLES: 'EN',
    ESPANOL: 'ES',
    'EN ESPANOL': 'ES',
    SPANISH: 'ES',
  },
  who: 'anyone',
  exact: false,
  summary: 'lang.summary',
  run: (talk, args) => {
    const { languages } = talk.context.city;
    const wanted = NAMES.get(foldWords(args));
    if (wanted === undefined || !languages.includes(wanted)) {
      const choices = languages.map((language) => {
        const send = `${talk.word('lang')} ${language.toUpperCase()}`;
        return { label: talk.say('lang.name', { language }), send };
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
