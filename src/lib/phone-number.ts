/** A phone number as people write their own: with or without its country. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { plainLetters } from './letters.ts';

const WRITTEN = /^[+0-9\s().-]{7,30}$/;

/**
 * A whole text as a number (E.164), of the first of these countries that has such numbers where it
 * names none; undefined for anything else.
 */
export function phoneNumberIn(text: string, countries: readonly CountryCode[]): string | undefined {
  const written = plainLetters(text).trim();
  if (!WRITTEN.test(written)) return undefined;
  for (const country of [undefined, ...countries]) {
    const number = parsePhoneNumberFromString(written, country);
    if (number?.isPossible() === true) return number.number;
  }
  return undefined;
}
