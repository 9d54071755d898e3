/** People's words that are about to become public, for ever. */
import { findContacts, hideAll } from '../lib/contacts.ts';
import { coverCoordinates } from '../lib/coordinates.ts';
import { shorten } from '../lib/text.ts';
import { findCodes } from './code.ts';

// One longitude of thirty-two, as `W112.9048`, would pass for a code.
const maskPublic = (text: string): string =>
  hideAll(text, (seen) => [...findContacts(seen), ...findCodes(coverCoordinates(seen))]);

/**
 * Text with everything hidden that would reach somebody or be worth credits, at most `limit`
 * graphemes. What was cut off could have told a date from a number, so that it is masked again.
 */
export const publicWords = (text: string, limit: number): string =>
  maskPublic(shorten(maskPublic(text), limit));

const SAID = /[\p{L}\p{N}]/u;

/** Would `publicWords` hide all that a text says, such as a code or a number alone? */
export const isAllHidden = (text: string): boolean =>
  SAID.test(text) && !SAID.test(maskPublic(text));

/**
 * Does a title, a name or a place hold what `publicWords` would hide? It is then refused. Records
 * tell it in sentences too: words beside it must not make an address of it either.
 */
export const namesPrivate = (text: string): boolean =>
  [text, `at ${text}: task`].some((words) => maskPublic(words) !== words);
