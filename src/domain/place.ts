/** A place by the words that people use for it, or by its coordinates. */
import {
  type Coordinates,
  coordinatesIn,
  findCoordinates,
  showCoordinates,
} from '../lib/coordinates.ts';
import { foldWords } from '../lib/text.ts';
import { namesPrivate } from './public-words.ts';

/** What two spellings of one place have in common: whatever case, accents and punctuation they have. */
export function foldPlace(words: string): string {
  const coordinates = coordinatesIn(words);
  if (coordinates !== undefined) return showCoordinates(coordinates);
  // Words without a letter or digit, such as a symbol, stand for themselves.
  return foldWords(words) || words.trim();
}

/** Letters and digits enough for a name: `at` and `GPS` are none. */
const NAME = /[\p{L}\p{N}](?:[^\p{L}\p{N}]*[\p{L}\p{N}]){3}/u;
/** What stands around coordinates, and is nothing without them. */
const EMPTY_BRACKETS = /[([]\s*(?:geo:)?\s*[)\]]|geo:\s*$/giu;
const LOOSE_END = /^[\s,;:/@\p{Pd}]+|[\s,;:/@([\p{Pd}]+$/gu;
/** In the middle of an address coordinates are a part of it. */
const IN_ADDRESS = /[=@/?&]$/u;

/**
 * People's words for a place, read: its name, without the coordinates that stand among the words
 * unless nothing else does, and the coordinates.
 */
export function readPlace(words: string): {
  readonly name: string;
  readonly coordinates: Coordinates | undefined;
} {
  const found = findCoordinates(words);
  if (found === undefined) return { name: words, coordinates: undefined };
  const { latitude, longitude, start, end } = found;
  const before = words.slice(0, start);
  const name = `${before} ${words.slice(end)}`
    .replace(EMPTY_BRACKETS, ' ')
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[,;:)\]])|[,;](?= ?[,;])/gu, '')
    .replace(LOOSE_END, '')
    .replace(/^\(([^()]*)\)$/u, '$1');
  // What stood apart must not become somebody's number or address.
  const isName = NAME.test(name) && !IN_ADDRESS.test(before) && !namesPrivate(name);
  return { name: isName ? name : words, coordinates: { latitude, longitude } };
}

/** About a hundred meters: whoever stands at a place twice is told other coordinates each time. */
const SAME_PLACE_DEGREES = 0.001;

/** Whether two coordinates are those of one place. */
export const areNear = (one: Coordinates, other: Coordinates): boolean =>
  Math.abs(one.latitude - other.latitude) <= SAME_PLACE_DEGREES &&
  Math.abs(one.longitude - other.longitude) <= SAME_PLACE_DEGREES;
