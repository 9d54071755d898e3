/** Reading why evidence is not approved: `not done`, `duplicate: the photo of last week`. */
import type { LanguagePack, ReasonName } from '../languages/language.ts';
import { createPhrases, smallWords, wordsIn } from './small-words.ts';

/** What ends the reason, so that what follows are words about it. */
const AFTER_REASON = /^\s*[:;,.!)–—-][\s:;,.!)–—-]*/u;

/** A reason that has a code, and the words about it, as written; empty for none. */
export type ReasonSaid = { readonly reason: ReasonName; readonly note: string };

/**
 * Reads reasons in all of the languages. One counts only as a whole text or before a sign: in *not
 * done as nicely as last time* the words tell something else.
 */
export function createReasons(
  languages: readonly Pick<LanguagePack, 'reasons' | 'answers' | 'smallWords'>[],
) {
  const names = languages.flatMap(({ reasons }) => Object.keys(reasons) as ReasonName[]);
  const all = [...new Set(names)].map((reason) => ({
    reason,
    phrases: createPhrases(languages.flatMap(({ reasons }) => reasons[reason])),
  }));
  const before = createPhrases(languages.flatMap(({ answers }) => answers.because));
  const courtesy = createPhrases(smallWords(languages, 'after'));
  return (text: string): ReasonSaid | undefined => {
    const words = wordsIn(text);
    const from = before.skip(words, 0);
    for (const { reason, phrases } of all) {
      const length = phrases.lengthAt(words, from);
      if (length === 0) continue;
      const at = from + length;
      const rest = text.slice(words[at - 1]?.end);
      if (courtesy.skip(words, at) >= words.length) return { reason, note: '' };
      if (AFTER_REASON.test(rest)) return { reason, note: rest.replace(AFTER_REASON, '').trim() };
    }
    return undefined;
  };
}
