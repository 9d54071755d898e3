/** Digits of any script. */
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;
const DIGIT = /^\p{Nd}$/u;

/** The same text with the digits 0–9 in place of those of other scripts. */
export const plainDigits = (text: string): string => text.replace(OTHER_DIGIT, plainDigit);

/** Digits of a script follow one another from its zero, and those of another may follow them. */
function plainDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let before = 0;
  while (DIGIT.test(String.fromCodePoint(code - before - 1))) before += 1;
  return String(before % 10);
}
