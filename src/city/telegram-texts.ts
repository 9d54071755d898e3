/** The words that the bot on Telegram has of its own, from the catalogs and the commands. */
import type { MenuEntry, TelegramTexts } from '../channels/telegram/settings.ts';
import type { Command } from '../conversation/command.ts';
import type { City } from '../domain/city.ts';
import { LANGUAGES } from '../languages/index.ts';
import type { Language, LanguagePack } from '../languages/language.ts';
import { createTexts } from '../languages/texts.ts';

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

  const wordsIn = (language: Language) => ({
    greeting: texts.word(language, 'hello'),
    optIn: texts.word(language, 'start'),
    announce: texts.word(language, 'announce'),
    buttonOfOther: texts.say(language, 'telegram.button-of-other'),
    buttonTooOld: texts.say(language, 'telegram.button-too-old'),
    buttonTaken: texts.say(language, 'telegram.button-taken'),
    openChat: texts.say(language, 'telegram.open-chat'),
    postUnclear: texts.say(language, 'telegram.post-unclear', {
      announce: texts.word(language, 'announce'),
    }),
  });

  /** 'TASKS: open tasks' is 'open tasks' beside the command; 'JOIN 12: …' tells what to add. */
  const menuIn = (language: Language): readonly MenuEntry[] =>
    commands.flatMap(({ name, who, summary }) => {
      const command = texts.word(language, name).toLowerCase().replaceAll(' ', '_');
      const says =
        name === 'help'
          ? texts.say(language, 'choice.help')
          : summary === null
            ? ''
            : texts.say(language, summary, { word: `/${command}` }).replace(`/${command}: `, '');
      if (says === '' || !MENU_NAME.test(command)) return [];
      const description = says.slice(0, DESCRIPTION_LENGTH_MAX);
      return [{ who: who === 'anyone' ? 'resident' : who, command, description }];
    });

  const perLanguage = <T>(make: (language: Language) => T): Readonly<Record<Language, T>> =>
    Object.fromEntries(languages.map(({ tag }) => [tag, make(tag)]));
  return { first, words: perLanguage(wordsIn), menu: perLanguage(menuIn) };
}
