/** Reading which part of a task somebody names before they say how it is to be: `when sat 10-12`. */
import type { LanguagePack, TaskField } from '../languages/language.ts';
import { createPhrases, wordsIn } from './small-words.ts';

const NAMES: readonly TaskField[] = ['when', 'where', 'slots', 'note'];
/** What stands between the name of a part and what is said of it. */
const BETWEEN = /^[\s:=,.–-]+/u;

export function createTaskFields(languages: readonly Pick<LanguagePack, 'taskFields'>[]) {
  const fields = NAMES.map((name) => ({
    name,
    phrases: createPhrases(languages.flatMap(({ taskFields }) => taskFields[name])),
  }));
  return (text: string): { readonly name: TaskField; readonly rest: string } | undefined => {
    const words = wordsIn(text);
    const found = fields
      .map(({ name, phrases }) => ({ name, length: phrases.lengthAt(words, 0) }))
      .toSorted((one, other) => other.length - one.length)[0];
    if (found === undefined || found.length === 0) return undefined;
    const end = words[found.length - 1]?.end ?? 0;
    return { name: found.name, rest: text.slice(end).replace(BETWEEN, '').trim() };
  };
}
