/** Numbers that residents need to read and that are no telephone's, however many digits they have. */
import { COORDINATES } from './coordinates.ts';

const BEFORE = '(?<!\\p{N})';
const AFTER = '(?!\\p{N})';
/** Where a telephone number could go on, these are no numbers of their own. */
const ALONE = '(?<!\\p{N}[-./, ]?)';
const END = '(?![-./, ]?\\p{N})';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:19|20)\\d\\d';
const HOUR = '(?:[01]?\\d|2[0-3])';
const TO = ' ?[-/] ?';
/** Quarters of an hour without a colon, as `0900-1130`. */
const PLAIN_HOUR = `${HOUR}(?:00|15|30|45)`;
const THOUSANDS = '\\d{1,3}[.,]\\d{3}';

const PATTERNS = [
  COORDINATES,
  // Days: with four digits for the year, as the first day to the last, as `11/28-11/30`.
  `${BEFORE}(?:${YEAR}[-./] ?${DAY}[-./] ?${DAY}|${DAY}[-./]${DAY}[-./]${YEAR})${AFTER}`,
  `${ALONE}${DAY}[/.]${DAY}${TO}${DAY}[/.]${DAY}${END}`,
  // With two digits for the year it could be a part of a number.
  `(?<!\\p{N}[-./ ]?)${DAY}[-./]${DAY}[-./]\\d\\d(?![-./ ]?\\p{N})`,
  `${ALONE}${YEAR}${TO}${YEAR}${END}`,
  // Hours.
  `(?<!\\p{N}:?)${HOUR}[:h][0-5]\\d(?::[0-5]\\d)?(?!:?\\p{N})`,
  `${ALONE}(?:${HOUR}\\.[0-5]\\d${TO}${HOUR}\\.[0-5]\\d|${PLAIN_HOUR}${TO}${PLAIN_HOUR})${END}`,
  // Thousands, with cents or without, and from one to another.
  `${ALONE}(?:\\d{1,3},\\d{3}(?:,\\d{3})?\\.\\d\\d|\\d{1,3}\\.\\d{3}(?:\\.\\d{3})?,\\d\\d)${END}`,
  `${ALONE}(?:\\d{1,3},\\d{3}|\\d{1,2}(?:,\\d{3}){2}|\\d{1,2}(?:[.']\\d{3}){2}|\\d{1,2}(?: \\d{3})? 000)${END}`,
  `${ALONE}${THOUSANDS}${TO}${THOUSANDS}${END}`,
  // A postal code of the United States in its long form.
  `${ALONE}\\d{5}-\\d{4}${END}`,
  // A list.
  '(?<=\\p{N})[,;][ \\t](?=\\p{N})',
];
const ORDINARY = new RegExp(PATTERNS.join('|'), 'gu');

/** Puts letters in the place of numbers that are no telephone's: every other place stays as it is. */
export const coverOrdinary = (seen: string): string =>
  seen.replace(ORDINARY, (ordinary) => 'x'.repeat(ordinary.length));
