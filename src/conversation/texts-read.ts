/** Texts that are read once, however many look at them. */
import { createMemo } from '../lib/memo.ts';

/** Those of the messages that are worked on together. */
const TEXTS_MAX = 256;
const NUMBER = /\b\d+\b/g;

/**
 * Remembers what texts were read as, by a reading that does not look at which number is meant:
 * 'JOIN 12' and 'JOIN 31' are read as one.
 */
export function readOnce<Meaning>(read: (text: string) => Meaning): (text: string) => Meaning {
  const remembered = createMemo(TEXTS_MAX, read);
  return (text) => remembered(text.replace(NUMBER, (digits) => '0'.repeat(digits.length)));
}
