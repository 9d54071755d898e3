/** Strangers' text in sentences: as much of it as a person reads. */

const WORD_MAX = 200;
const TEXT_MAX = 1000;

/**
 * Cut to `max` characters, with a sign that more was there. What is cut is copied: a part of a
 * string would keep all of it in memory.
 */
export function cut(text: string, max: number = WORD_MAX): string {
  if (text.length <= max) return text;
  const kept = [...text.slice(0, max)];
  // Half a character at the end goes.
  if (/\p{Surrogate}/u.test(kept.at(-1) ?? '')) kept.pop();
  return `${kept.join('')}…`;
}

/** A sentence in which each quoted word, and then the whole, is of a length that can be read. */
export const cutSentence = (sentence: string): string =>
  sentence.length <= WORD_MAX
    ? sentence
    : cut(
        sentence.replace(/\S+/g, (word) => cut(word)),
        TEXT_MAX,
      );
