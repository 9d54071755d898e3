/** Countries by their codes (ISO 3166, two letters): of a time zone, and of a phone number. */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';
import { createMemo } from './memo.ts';

/** The numbers of a town are asked for again and again. */
const NUMBERS_KEPT = 10_000;

/** Not in TypeScript's library yet. */
type Locale = Intl.Locale & { readonly getTimeZones?: () => readonly string[] | undefined };

/** The countries that keep a time zone (an IANA name): none for UTC, since it is nobody's own. */
export function countriesOf(timeZone: string): readonly CountryCode[] {
  // A zone may have an older name, which is the one that countries list.
  const { timeZone: listed } = new Intl.DateTimeFormat(undefined, { timeZone }).resolvedOptions();
  return getCountries().filter((country) => {
    const locale: Locale = new Intl.Locale('und', { region: country });
    return locale.getTimeZones?.()?.includes(listed) === true;
  });
}

const placeOf = createMemo(NUMBERS_KEPT, (number: string) => {
  const parsed = parsePhoneNumberFromString(number);
  return parsed && { country: parsed.country, callingCode: parsed.countryCallingCode };
});

/**
 * Is a number (E.164) of one of these countries? Some share a calling code: a number that tells no
 * more than its code counts as of each.
 */
export function isNumberOf(countries: readonly string[], number: string): boolean {
  const place = placeOf(number);
  if (place === undefined) return false;
  if (place.country !== undefined) return countries.includes(place.country);
  return countries.some(
    (country) => getCountryCallingCode(country as CountryCode) === place.callingCode,
  );
}
