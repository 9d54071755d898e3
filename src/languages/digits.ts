/** Numbers in the digits of a language. */
import { createMemo } from '../lib/memo.ts';

const LOCALES_KEPT = 100;
const DIGITS = Array.from({ length: 10 }, (_, digit) => digit);

/** The ten digits of a locale; null for 0–9. */
const digitsOf = createMemo(LOCALES_KEPT, (locale: string): readonly string[] | null => {
  const digits = DIGITS.map((digit) => new Intl.NumberFormat(locale).format(digit));
  return digits[0] === '0' ? null : digits;
});

/** Does a locale write its numbers with other digits than 0–9? */
export const hasOwnDigits = (locale: string): boolean => digitsOf(locale) !== null;

/** A text without letters that digits could be part of, such as a date, in a locale's digits. */
export function ownDigits(locale: string, text: string): string {
  const digits = digitsOf(locale);
  return digits === null ? text : text.replace(/[0-9]/g, (digit) => digits[Number(digit)] ?? digit);
}
