/**
 * Looks for personal data in people's text: telephone numbers, e-mail addresses, redemption codes
 * and Telegram accounts. Dates, times, prices and house numbers do not count.
 */
import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js/max';
import { findContacts } from '../lib/contacts.ts';
import { foldSeen } from '../lib/letters.ts';

export type PersonalData = 'telephone number' | 'e-mail address' | 'code' | 'Telegram account';

/** Identifiers and times, each as a pattern: a text that is one as a whole is nobody's words. */
const TID = '[234567a-j][234567a-z]{12}';
const DID = 'did:(?:plc:[a-z2-7]{24}|web:[A-Za-z0-9.%-]+)';
const PERSON = `(?:p-[0-9a-z]{12}|${DID})`;
const IDENTIFIER = new RegExp(
  `^(?:${[
    `at://${DID}(?:/[A-Za-z0-9.-]+(?:/(?:${TID}(?:-\\d+)?|self|city|\\d{4}-Q[1-4]))?)?`,
    'baf[yk]rei[a-z2-7]{52}',
    '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d)',
    PERSON,
    `person:${PERSON}`,
    `(?:issuance:|redeemed:)?${TID}(?:-\\d+)?`,
  ].join('|')})$`,
);

const CODE = /(?<![A-Za-z0-9-])[0-9A-Za-z]{4}[-\u2010-\u2015][0-9A-Za-z]{4}(?![A-Za-z0-9-])/gu;

/** So many digits in a row are a number of some kind, wherever it is dialled. */
const LONG_DIGITS = 9;
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:19|20)\\d\\d';
const DATE = new RegExp(
  `(?<!\\p{N})(?:${YEAR}[-./ ]${DAY}[-./ ]${DAY}|${DAY}[-./ ]${DAY}[-./ ]${YEAR})(?!\\p{N})`,
  'gu',
);
/** With two digits for the year it could be the beginning of a number. */
const SHORT_DATE = new RegExp(
  `(?<!\\p{N}[-./ ]?)${DAY}[-./]${DAY}[-./]\\d\\d(?![-./ ]?\\p{N})`,
  'gu',
);
const TIME = /(?<!\p{N})(?:[01]?\d|2[0-3])[:h][0-5]\d(?::[0-5]\d)?(?!\p{N})/gu;
/** A postal code of the United States in its long form. */
const POSTAL_CODE = /(?<![\p{N}-])\d{5}-\d{4}(?![\p{N}-])/gu;
const ORDINARY = [TIME, DATE, SHORT_DATE, POSTAL_CODE];
const TEXT_MIN = 4;
/** The pieces in which a long text is looked through, and how much of each is in the next as well. */
const PIECE = 300_000;
const OVERLAP = 1000;
const KINDS = {
  email: 'e-mail address',
  link: 'telephone number',
  chat: 'Telegram account',
} as const;

/**
 * Says what personal data a text has; undefined when it has none. `country` is where national numbers are of.
 * Nothing is found here that the bot does not hide: both look with `findContacts`.
 */
export function personalDataIn(text: string, country: CountryCode): PersonalData | undefined {
  if (text.length < TEXT_MIN || IDENTIFIER.test(text)) return undefined;
  for (let start = 0; start === 0 || start + OVERLAP < text.length; start += PIECE - OVERLAP) {
    const found = lookThrough(foldSeen(text.slice(start, start + PIECE)).text, country);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lookThrough(seen: string, country: CountryCode): PersonalData | undefined {
  for (const { kind, start, end } of findContacts(seen)) {
    if (kind !== 'phone') return KINDS[kind];
    if (isTelephone(seen.slice(start, end), country)) return 'telephone number';
  }
  for (const [token] of seen.matchAll(CODE)) if (isCode(token)) return 'code';
  return undefined;
}

function isTelephone(found: string, country: CountryCode): boolean {
  let rest = found;
  for (const pattern of ORDINARY) rest = rest.replace(pattern, '|||||');
  return rest.split('|||||').some((number) => {
    const digits = number.replace(/\P{Nd}/gu, '').length;
    if (digits >= LONG_DIGITS) return true;
    return digits >= 7 && findPhoneNumbersInText(number, { defaultCountry: country }).length > 0;
  });
}

/** From one to the other: `10AM-12PM`, `22nd-25th`, `10km-15km`. */
const SPAN =
  /^\d+(?:am|pm|st|nd|rd|th)[^a-z0-9]\d+(?:am|pm|st|nd|rd|th)$|^(?-i:\d+[a-z]+[^a-z0-9]\d+[a-z]+)$/iu;
const SYMBOLS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Whether eight symbols are a redemption code: Crockford's base 32, the last one the check of the
 * others (Luhn's, in base 32). Years and words that happen to fit are let pass: codes mix digits
 * and letters, but for one in twenty.
 */
function isCode(token: string): boolean {
  if (SPAN.test(token)) return false;
  const symbols = token.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (!/\d/.test(symbols) || !/[A-Z]/.test(symbols)) return false;
  let sum = 0;
  for (const [at, symbol] of [...symbols].entries()) {
    const value = SYMBOLS.indexOf(symbol.replace('O', '0').replace(/[IL]/, '1'));
    if (value < 0) return false;
    // From the check symbol backwards every second one counts twice.
    const product = at % 2 === symbols.length % 2 ? value * 2 : value;
    sum += Math.floor(product / 32) + (product % 32);
  }
  return sum % 32 === 0;
}
