/** The words that the bot on Telegram has of its own, from the catalogs and the commands. */
import type { MenuEntry, TelegramTexts } from '../channels/telegram/settings.ts';
import type { Command } from '../conversation/command.ts';
import { createMatcher } from '../conversation/words.ts';
import type { City } from '../domain/city.ts';
import { LANGUAGES, type Language } from '../languages/languages.ts';
import { createTexts } from '../languages/texts.ts';

/** What Telegram takes for the name of a command. */
const MENU_NAME = /^[a-z0-9_]{1,32}$/;
const DESCRIPTION_LENGTH_MAX = 256;

export function telegramTexts(city: City, commands: readonly Command[]): TelegramTexts {
  const texts = createTexts(city);
  const { word } = createMatcher(commands);
  const [first = 'en'] = city.languages;

  const wordsIn = (language: Language) => ({
    greeting: word('hello', language),
    optIn: word('start', language),
    announce: word('announce', language),
    buttonOfOther: texts.say(language, 'telegram.button-of-other'),
    buttonTooOld: texts.say(language, 'telegram.button-too-old'),
    buttonTaken: texts.say(language, 'telegram.button-taken'),
    openChat: texts.say(language, 'telegram.open-chat'),
    postUnclear: texts.say(language, 'telegram.post-unclear', {
      announce: word('announce', language),
    }),
  });

  /** 'TASKS: open tasks' is 'open tasks' beside the command; 'JOIN 12: …' tells what to add. */
  const menuIn = (language: Language): readonly MenuEntry[] =>
    commands.flatMap(({ name, who, summary }) => {
      const command = word(name, language).toLowerCase().replaceAll(' ', '_');
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
    Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<
      Language,
      T
    >;
  return { first, words: perLanguage(wordsIn), menu: perLanguage(menuIn) };
}
