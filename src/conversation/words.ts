/** Finding the command in what a person wrote: by exact word, then by a word nearly right. */
import { distance } from 'fastest-levenshtein';
import { codesIn } from '../domain/code.ts';
import type { Language, LanguagePack, LimitName } from '../languages/language.ts';
import { hasRaisedDigits, plainLetters } from '../lib/letters.ts';
import { foldWords } from '../lib/text.ts';
import type { Command } from './command.ts';
import { createReader, type Reader } from './reader.ts';
import { createPhrases, type Phrases, smallWords, type Word, wordsIn } from './small-words.ts';

export type Match = {
  readonly command: Command;
  /** What follows the command's word, as written. */
  readonly args: string;
  readonly isExact: boolean;
  /** It begins with the word itself, which hardly means anything else. */
  readonly isPlain: boolean;
  /** The language of the word; undefined for one that several have. */
  readonly language: Language | undefined;
};

/** Where a word is a command only with little else: `ME`, but not `me too`. */
type Limit = LimitName | undefined;

type Entry = {
  readonly command: Command;
  readonly words: number;
  readonly language: Language | undefined;
  readonly limit: Limit;
};

/** Short words have near neighbours that mean something else. */
const FORGIVING_LENGTH_MIN = 4;
const LONG_LENGTH_MIN = 7;
/** No message that is longer than this begins with a command misspelt, or is one word for another. */
const FOLDED_LENGTH_MAX = 200;
/** What people put behind a command before they go on. */
const AFTER_COMMAND = /^[:,.!?¡¿)،…]+(?=\s|$)|^[:,]+/u;
/** A word and its number without a blank. */
const JOINED = /^(\p{L}[\p{L}\p{M}]*)(\p{Nd}{1,9})(?![\p{L}\p{N}])/u;
/** What may be said in one breath with a command that follows: `hello, JOIN 2`. */
const OPENERS: readonly string[] = ['hello', 'ok'];
/** Nobody says these politely and means the law's word. */
const OF_LAW: readonly string[] = ['stop', 'start'];

export type Matcher = {
  /** The command a text begins with; undefined when it begins with none. */
  readonly match: (text: string) => Match | undefined;
  /** Reads answers, amounts and times. */
  readonly read: Reader;
};

const matchers = new WeakMap<object, WeakMap<object, Matcher>>();

/** The matcher of these commands and languages, built the first time that somebody asks for it. */
export function matcherOf(
  commands: readonly Command[],
  languages: readonly LanguagePack[],
): Matcher {
  const ofCommands = matchers.get(commands) ?? new WeakMap<object, Matcher>();
  matchers.set(commands, ofCommands);
  const matcher = ofCommands.get(languages) ?? createMatcher(commands, languages);
  ofCommands.set(languages, matcher);
  return matcher;
}

/** Finds commands by their words. Throws when two commands claim one word. */
export function createMatcher(
  commands: readonly Command[],
  languages: readonly LanguagePack[],
): Matcher {
  const read = createReader(languages);
  const find = createFinder(entriesOf(commands, languages), read);
  const openers = openersOf(languages);
  const shorthands = new Map(
    languages.flatMap((language) =>
      Object.entries(language.shorthands).map(([said, meant]) => [foldWords(said), meant]),
    ),
  );
  const matchWords = (text: string): Match | undefined => {
    const words = wordsIn(text);
    const direct = find.exact(text, words, 0);
    if (direct !== undefined && !OPENERS.includes(direct.command.name)) return direct;
    const from = openers.skip(words, 0);
    const later = from === 0 ? undefined : find.exactAfter(text, words, from);
    return later ?? direct ?? find.near(text, words);
  };

  return {
    match: (text) => {
      const meant = shorthands.get(foldWords(text.slice(0, FOLDED_LENGTH_MAX)));
      const match = matchWords(meant ?? text.replace(JOINED, '$1 $2'));
      // Whoever names a language need not speak the one in which they name it.
      return meant === undefined ? match : match && { ...match, language: undefined };
    },
    read,
  };
}

/** What stands before a command and changes nothing: greetings, a yes, `I'd like to`. */
const openersOf = (languages: readonly LanguagePack[]): Phrases =>
  createPhrases([
    ...smallWords(languages, 'before'),
    ...languages.flatMap(({ words }) => OPENERS.flatMap((name) => wordsOf(words, name))),
  ]);

/** Looks for the words of commands among the words of a text. */
function createFinder(entries: ReadonlyMap<string, Entry>, read: Reader) {
  const wordsMax = Math.max(...[...entries.values()].map(({ words }) => words));
  const forgiving = [...entries].filter(
    ([word, { command, limit }]) =>
      !command.exact && limit === undefined && word.length >= FORGIVING_LENGTH_MIN,
  );
  const holds = ({ limit }: Entry, args: string): boolean => {
    if (limit === undefined) return true;
    if (read.isNumbers(args) || codesIn(args).length > 0) return true;
    if (limit === 'whole') return args === '';
    if (limit === 'aboutTask') return read.isOfTask(args);
    return limit === 'alone' && read.plain(args) === '';
  };
  const matchOf = (text: string, entry: Entry, last: Word | undefined): Match => {
    const { command, language } = entry;
    const args = text.slice(last?.end).replace(AFTER_COMMAND, '').trim();
    return { command, args, isExact: true, isPlain: entry.limit === undefined, language };
  };
  /** The command whose word, the longest there is, stands at a place. */
  const exact = (text: string, words: readonly Word[], at: number): Match | undefined => {
    for (let count = wordsMax; count >= 1; count -= 1) {
      const said = words.slice(at, at + count);
      const entry = said.length < count ? undefined : entries.get(textOf(said));
      if (entry === undefined) continue;
      const match = matchOf(text, entry, said.at(-1));
      if (holds(entry, match.args)) return match;
    }
    return undefined;
  };
  return {
    exact,
    /** The same at the end of small words, some of which may belong to the command itself. */
    exactAfter: (text: string, words: readonly Word[], from: number): Match | undefined => {
      for (let at = from; at > 0; at -= 1) {
        const match = exact(text, words, at);
        if (match === undefined || isOpener(match)) continue;
        if (match.args !== '' || !OF_LAW.includes(match.command.name)) {
          return { ...match, isPlain: false };
        }
      }
      return undefined;
    },
    /** The command whose word the first one nearly is. */
    near: (text: string, words: readonly Word[]): Match | undefined => {
      const [first] = words;
      if (first === undefined || first.end > FOLDED_LENGTH_MAX) return undefined;
      const entry = entries.has(first.folded) ? undefined : nearest(forgiving, first.folded);
      if (entry === undefined || entry.words !== 1) return undefined;
      return {
        ...matchOf(text, entry, first),
        isExact: false,
        isPlain: false,
        language: undefined,
      };
    },
  };
}

const isOpener = ({ command }: Match): boolean => OPENERS.includes(command.name);

const textOf = (words: readonly Word[]): string => words.map(({ folded }) => folded).join(' ');

const wordsOf = (words: Readonly<Record<string, readonly string[]>>, name: string) =>
  words[name] ?? [];

/** Every word there is, as it is compared. */
function entriesOf(
  commands: readonly Command[],
  languages: readonly LanguagePack[],
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const limits = new Map(languages.map((language) => [language, limitsOf(language)]));
  for (const command of commands) {
    for (const language of languages) {
      const own = wordsOf(language.words, command.name);
      if (own.length === 0) throw new Error(`${command.name} has no word in ${language.tag}.`);
      for (const word of own.map(foldWords)) {
        const taken = entries.get(word);
        if (taken !== undefined && taken.command !== command) {
          throw new Error(`Both ${taken.command.name} and ${command.name} are called ${word}.`);
        }
        const isShared = taken !== undefined && taken.language !== language.tag;
        entries.set(word, {
          command,
          words: word.split(' ').length,
          language: isShared ? undefined : language.tag,
          limit: limits.get(language)?.get(word),
        });
      }
    }
  }
  return entries;
}

/** How far the words of a language are limited, by the words as they are compared. */
function limitsOf({ limited }: LanguagePack): ReadonlyMap<string, LimitName> {
  const limits = Object.entries(limited) as [LimitName, readonly string[]][];
  // Where a word is limited twice, the first counts.
  return new Map(
    limits.toReversed().flatMap(([name, said]) => said.map((word) => [foldWords(word), name])),
  );
}

/** The command whose word is nearly this; undefined when two are equally near. */
function nearest(forgiving: readonly (readonly [string, Entry])[], head: string) {
  if (head.length < FORGIVING_LENGTH_MIN) return undefined;
  let best: Entry | undefined;
  let bestDistance = head.length >= LONG_LENGTH_MIN ? 3 : 2;
  let isTied = false;
  for (const [word, entry] of forgiving) {
    const apart = distance(head, word);
    if (apart < bestDistance) {
      best = entry;
      bestDistance = apart;
      isTied = false;
    } else if (apart === bestDistance && best !== undefined && best.command !== entry.command) {
      isTied = true;
    }
  }
  return isTied ? undefined : best;
}

const NUMBER_SIGN = '(?:#|n[o°]?\\.?)?\\s*';
const NUMBER = new RegExp(`^${NUMBER_SIGN}(\\d{1,9})$`, 'iu');

/** A number as people write one: `12`, `#12`, `nº 12`; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const found = hasRaisedDigits(text) ? null : NUMBER.exec(plainLetters(text).trim());
  return found?.[1] === undefined ? undefined : Number(found[1]);
}
