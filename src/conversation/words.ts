/** Finding the command in what a person wrote: by exact word, then by a word nearly right. */
import { distance } from 'fastest-levenshtein';
import type { Language, LanguagePack } from '../languages/language.ts';
import { foldSeen, hasRaisedDigits, plainLetters } from '../lib/letters.ts';
import { foldWords } from '../lib/text.ts';
import type { Command } from './command.ts';
import { createReader, type Reader } from './reader.ts';

export type Match = {
  readonly command: Command;
  /** What follows the command's word, as written. */
  readonly args: string;
  readonly isExact: boolean;
  /** The language of the word; undefined for one that several have. */
  readonly language: Language | undefined;
};

type Entry = {
  readonly command: Command;
  readonly words: number;
  readonly language: Language | undefined;
};

/** Short words have near neighbours that mean something else. */
const FORGIVING_LENGTH_MIN = 4;
const LONG_LENGTH_MIN = 7;
/** No message that is longer than this begins with a command misspelt. */
const FOLDED_LENGTH_MAX = 200;

/**
 * The first `count` words of a text, and the rest as written. A word is what stands between
 * spaces: `I'm in` is two, though it folds to three. One without a letter or number belongs to
 * the rest.
 */
function cutWords(text: string, count: number): { head: string; rest: string } | undefined {
  const pattern = /\S+/gu;
  let end = 0;
  let last = '';
  for (let word = 0; word < count; word += 1) {
    const found = pattern.exec(text);
    if (found === null) return undefined;
    [last] = found;
    end = pattern.lastIndex;
  }
  if (count > 1 && foldWords(last) === '') return undefined;
  return { head: foldWords(text.slice(0, end)), rest: text.slice(end).trim() };
}

export type Matcher = {
  /** The command a text begins with; undefined when it begins with none. */
  readonly match: (text: string) => Match | undefined;
  /** Reads answers, amounts and times. */
  readonly read: Reader;
};

/** Finds commands by their words. Built once; throws when two commands claim one word. */
export function createMatcher(
  commands: readonly Command[],
  languages: readonly LanguagePack[],
): Matcher {
  const entries = entriesOf(commands, languages);
  const wordsMax = Math.max(...[...entries.values()].map(({ words }) => words));
  const forgiving = [...entries].filter(
    ([word, { command }]) => !command.exact && word.length >= FORGIVING_LENGTH_MIN,
  );
  const shorthands = new Map(
    languages.flatMap((language) =>
      Object.entries(language.shorthands).map(([said, meant]) => [foldWords(said), meant]),
    ),
  );
  const matchWords = (text: string): Match | undefined => {
    const start = text.slice(0, FOLDED_LENGTH_MAX);
    for (let count = wordsMax; count >= 1; count -= 1) {
      const cut = cutWords(start, count);
      const entry = cut && entries.get(cut.head);
      if (cut !== undefined && entry !== undefined) {
        const args = cutWords(text, count)?.rest ?? '';
        return { command: entry.command, args, isExact: true, language: entry.language };
      }
    }
    const first = cutWords(start, 1);
    const near = first && !entries.has(first.head) ? nearest(forgiving, first.head) : undefined;
    if (near === undefined || near.words !== 1) return undefined;
    const args = cutWords(text, 1)?.rest ?? '';
    return { command: near.command, args, isExact: false, language: undefined };
  };

  return {
    match: (text) => {
      const meant = shorthands.get(foldWords(text.slice(0, FOLDED_LENGTH_MAX)));
      const match = matchWords(meant ?? text);
      // Whoever names a language need not speak the one in which they name it.
      return meant === undefined ? match : match && { ...match, language: undefined };
    },
    read: createReader(languages),
  };
}

const wordsOf = (words: Readonly<Record<string, readonly string[]>>, name: string) =>
  words[name] ?? [];

/** Every word there is, as it is compared. */
function entriesOf(
  commands: readonly Command[],
  languages: readonly LanguagePack[],
): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  for (const command of commands) {
    for (const { tag, words } of languages) {
      const own = wordsOf(words, command.name);
      if (own.length === 0) throw new Error(`${command.name} has no word in ${tag}.`);
      for (const word of own.map(foldWords)) {
        const taken = entries.get(word);
        if (taken !== undefined && taken.command !== command) {
          throw new Error(`Both ${taken.command.name} and ${command.name} are called ${word}.`);
        }
        const isShared = taken !== undefined && taken.language !== tag;
        const language = isShared ? undefined : tag;
        entries.set(word, { command, words: word.split(' ').length, language });
      }
    }
  }
  return entries;
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
const NUMBER_AND_REST = new RegExp(
  `^${NUMBER_SIGN}(\\d{1,9})(?!\\p{L}|[\\d.,]*\\d)[\\s:;,.،؛-]*`,
  'iu',
);

/** A number as people write one: `12`, `#12`, `nº 12`; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const found = hasRaisedDigits(text) ? null : NUMBER.exec(plainLetters(text).trim());
  return found?.[1] === undefined ? undefined : Number(found[1]);
}

/** A leading number and the rest as written: `31 well done` → 31 and `well done`. */
export function parseNumberAndRest(text: string): { number: number; rest: string } | undefined {
  const said = text.trim();
  const seen = foldSeen(said);
  const found = NUMBER_AND_REST.exec(seen.text);
  if (found?.[1] === undefined) return undefined;
  const end = seen.at(found[0].length);
  if (hasRaisedDigits(said.slice(0, end))) return undefined;
  return { number: Number(found[1]), rest: said.slice(end).trim() };
}
