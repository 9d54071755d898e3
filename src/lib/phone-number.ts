/** A phone number as people write their own: with or without its country. */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';

const WRITTEN = /^[+\p{Nd}\s().\-‐-―]{7,30}$/u;

/**
 * A whole text as a number (E.164), of the first of these countries that has such numbers where it
 * names none; undefined for anything else.
 */
export function phoneNumberIn(text: string, countries: readonly CountryCode[]): string | undefined {
  if (!WRITTEN.test(text.trim())) return undefined;
  for (const country of [undefined, ...countries]) {
    const number = parsePhoneNumberFromString(text, country);
    if (number?.isPossible() === true) return number.number;
  }
  return undefined;
}
