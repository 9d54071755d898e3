/** Finding the command in what a person wrote: by exact word, then by a word nearly right. */
import { distance } from 'fastest-levenshtein';
import type { Language } from '../languages/texts.ts';
import { foldWords } from '../lib/text.ts';
import type { Command } from './command.ts';

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

const WORDS_MAX = 3;
/** Short words have near neighbours that mean something else. */
const FORGIVING_LENGTH_MIN = 4;
const LONG_LENGTH_MIN = 7;
/** No message that is longer than this begins with a command misspelt. */
const FOLDED_LENGTH_MAX = 200;

const LANGUAGES = ['en', 'es'] as const;

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

/** Finds commands by their words. Built once; throws when two commands claim one word. */
export function createMatcher(commands: readonly Command[]) {
  const entries = new Map<string, Entry>();
  const shorthands = new Map<string, Match>();
  for (const command of commands) {
    for (const [message, args] of Object.entries(command.shorthands ?? {})) {
      shorthands.set(message, { command, args, isExact: true, language: undefined });
    }
    for (const language of LANGUAGES) {
      for (const word of command.words[language]) {
        const taken = entries.get(word);
        if (taken !== undefined && taken.command !== command) {
          throw new Error(`Both ${taken.command.name} and ${command.name} are called ${word}.`);
        }
        const shared = taken !== undefined && taken.language !== language;
        entries.set(word, {
          command,
          words: word.split(' ').length,
          language: shared ? undefined : language,
        });
      }
    }
  }
  const forgiving = [...entries].filter(
    ([word, { command }]) => !command.exact && word.length >= FORGIVING_LENGTH_MIN,
  );

  const findNear = (head: string): Entry | undefined => {
    if (head.length < FORGIVING_LENGTH_MIN || entries.has(head)) return undefined;
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
  };

  return {
    /** The command a text begins with; undefined when it begins with none. */
    match: (text: string): Match | undefined => {
      const start = text.slice(0, FOLDED_LENGTH_MAX);
      const shorthand = shorthands.get(foldWords(start));
      if (shorthand !== undefined) return shorthand;
      for (let count = WORDS_MAX; count >= 1; count -= 1) {
        const cut = cutWords(start, count);
        const entry = cut && entries.get(cut.head);
        if (cut !== undefined && entry !== undefined) {
          const args = cutWords(text, count)?.rest ?? '';
          return { command: entry.command, args, isExact: true, language: entry.language };
        }
      }
      const first = cutWords(start, 1);
      const near = first && findNear(first.head);
      if (first === undefined || near === undefined || near.words !== 1) return undefined;
      const args = cutWords(text, 1)?.rest ?? '';
      return { command: near.command, args, isExact: false, language: undefined };
    },
    /** Every word of every command, by language. */
    words: {
      en: commands.flatMap((command) => command.words.en),
      es: commands.flatMap((command) => command.words.es),
    },
    /** The word a language has for a command. */
    word: (name: string, language: Language): string =>
      commands.find((command) => command.name === name)?.words[language][0] ?? name.toUpperCase(),
  };
}

export type Matcher = ReturnType<typeof createMatcher>;

const AGREE = new Set([
  'OK',
  'OKAY',
  'OKEY',
  'VALE',
  'DE ACUERDO',
  'ACEPTO',
  'SI',
  'Y',
  'S',
  'SURE',
]);
const DECLINE = new Set(['NO', 'N', 'NOPE', 'NO GRACIAS', 'NO THANKS']);

/** Does a whole message say yes? (`YES` itself is the law's word for opting in.) */
export const isAgreement = (text: string): boolean => {
  const folded = foldWords(text);
  return AGREE.has(folded) || folded === 'YES';
};

export const isRefusal = (text: string): boolean => DECLINE.has(foldWords(text));

/** A number as people write one: `12`, `#12`, `nº 12`; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  const found = /^(?:#|n[oº°]?\.?\s?|№)?\s*(\d{1,9})$/iu.exec(text.trim());
  return found?.[1] === undefined ? undefined : Number(found[1]);
}

/** A leading number and the rest: `31 well done` → 31 and `well done`. */
export function parseNumberAndRest(text: string): { number: number; rest: string } | undefined {
  const found = /^(?:#|№)?\s*(\d{1,9})(?!\p{L}|[\d.,]*\d)[\s:;,.-]*/u.exec(text.trim());
  if (found?.[1] === undefined) return undefined;
  return { number: Number(found[1]), rest: text.trim().slice(found[0].length).trim() };
}
