/** The bot's settings, which the operator gives, and its words, which the program gives. */

export type TelegramSettings = {
  /** As BotFather gave it. Never logged. */
  readonly token: string;
  /** `https://api.telegram.org`, or a Bot API server of one's own. */
  readonly apiRoot: string;
  /** Where Telegram reaches this program; with `webhookSecret` it is told to send there. */
  readonly publicUrl?: string;
  /** 1–256 of `A-Z a-z 0-9 _ -`. Without it the bot asks for updates itself. */
  readonly webhookSecret?: string;
  /** `@name` or `-100…` of the channel in which tasks are announced. */
  readonly channel?: string;
};

/** Words of the channel's own: about buttons it cannot take, and posts it cannot attribute. */
export type TelegramWords = {
  /** The word by which a stranger is greeted, as if the person had written it. */
  readonly greeting: string;
  /** The word that opts in again. */
  readonly optIn: string;
  readonly announce: string;
  /** The word before the code that is shown where a task is. */
  readonly here: string;
  readonly buttonOfOther: string;
  readonly buttonTooOld: string;
  readonly buttonTaken: string;
  /** A button that opens the chat with the bot. */
  readonly openChat: string;
  /** To organizers: an announcement in the channel whose author is not clear. */
  readonly postUnclear: string;
};

export type MenuEntry = {
  readonly who: 'resident' | 'organizer' | 'redeemer' | 'admin';
  /** Lower case letters, digits and underscores, at most 32. */
  readonly command: string;
  /** At most 256 characters. */
  readonly description: string;
};

/** By the tag of a language. */
export type TelegramTexts = {
  /** The language for whoever has none of these. */
  readonly first: string;
  readonly words: Readonly<Record<string, TelegramWords>>;
  readonly menu: Readonly<Record<string, readonly MenuEntry[]>>;
  /** What begins an announcement in the channel, in lower case, with the language of the word. */
  readonly announceWords: ReadonlyMap<string, string>;
};

/** The channel's own words in a language, else in the first. */
export function wordsIn({ words, first }: TelegramTexts, language: string): TelegramWords {
  // An app may say any language it likes, also a name that every object has.
  const found = Object.hasOwn(words, language) ? words[language] : words[first];
  if (found === undefined) throw new Error(`No words for Telegram in ${first}.`);
  return found;
}
