/** Reads what people write besides commands: answers, amounts, names, in every language. */
import type { Language, LanguagePack } from '../languages/language.ts';
import { createParseWhen, type ParseWhen } from '../languages/parse-when.ts';
import { foldWords } from '../lib/text.ts';
import { createAmounts } from './amounts.ts';
import { createAnswers } from './answers.ts';
import { createIsCourtesy, createIsThanks, createReadComment } from './comment.ts';
import { createFilters } from './filters.ts';
import { createNumbers } from './numbers.ts';
import { createLegalWords } from './opt-out.ts';
import { createReasons } from './reasons.ts';
import { createPhrases, smallWords, wordsIn } from './small-words.ts';
import { createTaskFields } from './task-fields.ts';
import { createUnsaid } from './unsaid.ts';

export type Reader = ReturnType<typeof createReader>;

/** A thing has few words. */
const THING_WORDS_MAX = 4;

/** What comes later is about something else. */
const OF_TASK_WORDS_MAX = 4;

/** Built once. */
export function createReader(languages: readonly LanguagePack[]) {
  const names = new Map<string, Language>();
  for (const { tag, languageNames } of languages) {
    names.set(foldWords(tag), tag);
    for (const [named, known] of Object.entries(languageNames)) {
      for (const name of known) names.set(foldWords(name), named);
    }
  }
  const little = createPhrases([
    ...smallWords(languages, 'articles', 'after'),
    ...languages.flatMap(({ answers, numerals }) => [
      ...[...answers.yes, ...answers.no],
      ...Object.keys(numerals),
    ]),
  ]);
  const ofTask = createPhrases(smallWords(languages, 'ofTask'));
  const parseWhen = createParseWhen(languages);
  const when: ParseWhen = (text, context) => {
    const own = parseWhen(text, context);
    if (own.ok || !['when-unclear', 'when-word'].includes(own.refusal.code)) return own;
    const others = languages
      .filter(({ tag }) => tag !== context.language)
      .map(({ tag }) => parseWhen(text, { ...context, language: tag }));
    return others.find((other) => other.ok) ?? own;
  };
  return {
    ...createAmounts(languages),
    ...createNumbers(languages),
    ...createAnswers(languages),
    ...createFilters(languages),
    /** What a whole message asks for by law; null for anything else. */
    legalWord: createLegalWords(languages),
    /** What kind of message it is that no person wrote; null for what a person says. */
    unsaid: createUnsaid(languages),
    /** What somebody says below a task without a command. */
    comment: createReadComment(languages),
    /** Does a text say nothing but thanks, yes or goodbye, or nothing at all? */
    isCourtesy: createIsCourtesy(languages),
    /** Has a text nothing but numbers, answers and articles, so that it tells nobody why? */
    tellsNothing: (text: string): boolean => {
      const words = wordsIn(text);
      let at = 0;
      while (at < words.length) {
        const count = words[at]?.digits === '' ? little.lengthAt(words, at) : 1;
        if (count === 0) return false;
        at += count;
      }
      return true;
    },
    /** The part of a task that a text begins by naming; undefined for none. */
    taskField: createTaskFields(languages),
    /** Why evidence is not approved, where that is one of the usual reasons; undefined for own words. */
    reason: createReasons(languages),
    isThanks: createIsThanks(languages),
    /** Does a text begin with words about one's part in a task: `my spot`, `de la tarea`? */
    isOfTask: (text: string): boolean => {
      const words = wordsIn(text).slice(0, OF_TASK_WORDS_MAX);
      return words.some((_, at) => ofTask.lengthAt(words, at) > 0);
    },
    /** The one of a list that a text says by its place: `the second one`. */
    pick: createPick(languages),
    /** What somebody would like to have, without the words around it; undefined for no such wish. */
    wish: createWishes(languages),
    /** Reads when something is to happen: as that language does, else as another one does. */
    when,
    /** What a language calls itself. */
    ownName: (language: Language): string =>
      languages.find(({ tag }) => tag === language)?.name ?? language,
    /** The language with that name or tag; undefined for no language. */
    language: (name: string) => names.get(foldWords(name)),
  };
}

/** `I'd like a coffee, please`: the coffee, and whether it was one of many, as an article says. */
function createWishes(languages: readonly LanguagePack[]) {
  const polite = createPhrases(smallWords(languages, 'before', 'after'));
  const wanting = createPhrases(smallWords(languages, 'wanting'));
  const articles = createPhrases(smallWords(languages, 'articles'));
  const after = createPhrases(smallWords(languages, 'after'));
  return (text: string): { readonly thing: string; readonly isWanted: boolean } | undefined => {
    const words = wordsIn(text);
    const begin = polite.skip(words, 0);
    const starts = [0, ...words.keys()].filter((at) => at <= begin);
    const wants = starts
      .map((at) => at + wanting.lengthAt(words, at))
      .filter((at, from) => at > from);
    const from = Math.max(begin, ...wants);
    const thing = articles.skip(words, from);
    const over = words.findIndex((_, at) => at >= thing && after.skip(words, at) >= words.length);
    const said = words.slice(thing, over === -1 ? undefined : over);
    if (said.length === 0 || said.length > THING_WORDS_MAX) return undefined;
    const isWanted = thing > from && wants.length > 0;
    return { thing: said.map(({ folded }) => folded).join(' '), isWanted };
  };
}

/** Finds the one of `list` that is said by its place, as the whole of a text but for small words. */
function createPick(languages: readonly LanguagePack[]) {
  const small = createPhrases(smallWords(languages, 'before', 'wanting', 'articles', 'between'));
  const after = createPhrases(smallWords(languages, 'after', 'articles', 'between'));
  const places = new Map(
    languages.flatMap(({ ordinals }) =>
      Object.entries(ordinals).map(([said, place]) => [foldWords(said), place] as const),
    ),
  );
  return <T>(text: string, list: readonly T[]): T | undefined => {
    const words = wordsIn(text);
    const at = words.findIndex(({ folded }) => places.has(folded));
    const place = places.get(words[at]?.folded ?? '');
    if (place === undefined || small.skip(words, 0) < at) return undefined;
    if (after.skip(words, at + 1) < words.length) return undefined;
    return list.at(place < 0 ? place : place - 1);
  };
}
