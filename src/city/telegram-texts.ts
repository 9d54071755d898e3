/** The words that the bot on Telegram has of its own, from the catalogs and the commands. */
import type { MenuEntry, TelegramTexts, TelegramWords } from '../channels/telegram/settings.ts';
import type { Command } from '../conversation/command.ts';
import type { City } from '../domain/city.ts';
import { LANGUAGES } from '../languages/index.ts';
import type { Language, LanguagePack } from '../languages/language.ts';
import { createTexts } from '../languages/texts.ts';
import { foldWords } from '../lib/text.ts';

/** What Telegram takes for the name of a command. */
const MENU_NAME = /^[a-z0-9_]{1,32}$/;
const DESCRIPTION_LENGTH_MAX = 256;

export function telegramTexts(
  city: City,
  commands: readonly Command[],
  languages: readonly LanguagePack[] = LANGUAGES,
): TelegramTexts {
  const texts = createTexts(city, languages);
  const [first = ''] = city.languages;

  const wordsIn = ({ tag }: LanguagePack): TelegramWords => ({
    greeting: texts.word(tag, 'hello'),
    optIn: texts.word(tag, 'start'),
    announce: texts.word(tag, 'announce'),
    here: texts.word(tag, 'here'),
    buttonOfOther: texts.say(tag, 'telegram.button-of-other'),
    buttonTooOld: texts.say(tag, 'telegram.button-too-old'),
    buttonTaken: texts.say(tag, 'telegram.button-taken'),
    openChat: texts.say(tag, 'telegram.open-chat'),
    postUnclear: texts.say(tag, 'telegram.post-unclear', {
      announce: texts.word(tag, 'announce'),
    }),
  });

  /** 'TASKS: open tasks' is 'open tasks' beside the command; 'JOIN 12: …' tells what to add. */
  const menuIn = ({ tag, words }: LanguagePack): readonly MenuEntry[] =>
    commands.flatMap(({ name, who, summary }) => {
      const command = menuName(words, name);
      if (command === undefined) return [];
      const says =
        name === 'help'
          ? texts.say(tag, 'choice.help')
          : summary === undefined
            ? ''
            : texts.say(tag, summary, { word: `/${command}` }).replace(`/${command}: `, '');
      if (says === '') return [];
      const description = says.slice(0, DESCRIPTION_LENGTH_MAX);
      return [{ who: who === 'anyone' ? 'resident' : who, command, description }];
    });

  const perLanguage = <T>(make: (language: LanguagePack) => T): Readonly<Record<Language, T>> =>
    Object.fromEntries(languages.map((language) => [language.tag, make(language)]));
  return {
    first,
    words: perLanguage(wordsIn),
    menu: perLanguage(menuIn),
    announceWords: new Map(
      languages.flatMap(({ tag, words }) =>
        [...words.announce.slice(0, 1), ...words.task.slice(0, 1)].map((word) => [
          word.toLowerCase(),
          tag,
        ]),
      ),
    ),
  };
}

/** The first word for a command that Telegram takes: it knows Latin letters only. */
const menuName = (
  words: Readonly<Record<string, readonly string[]>>,
  command: string,
): string | undefined =>
  words[command]
    ?.map((word) => foldWords(word).toLowerCase().replaceAll(' ', '_'))
    .find((name) => MENU_NAME.test(name));
