/**
 * Finds how somebody could be reached in text: phone numbers, e-mail addresses, accounts to chat
 * with. What hides them and what audits the records look through the same eyes.
 */

import { type Folded, foldSeen } from './letters.ts';
import { coverOrdinary } from './ordinary-numbers.ts';

export type Span = { readonly start: number; readonly end: number };
export type Contact = Span & { readonly kind: 'phone' | 'email' | 'link' | 'chat' };

/** The original with `[…]` for each span of what it was folded to. */
function hideSpans(original: string, folded: Folded, spans: readonly Span[]): string {
  let hidden = '';
  let shown = 0;
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    const start = folded.at(span.start);
    let next = span.end;
    // One character can fold to several; it goes as a whole.
    while (next < folded.text.length && folded.at(next) === folded.at(next - 1)) next += 1;
    const end = next < folded.text.length ? folded.at(next) : original.length;
    if (end <= shown) continue;
    if (start >= shown) hidden += `${original.slice(shown, start)}[…]`;
    shown = end;
  }
  return hidden + original.slice(shown);
}

/** Hides again until nothing is found: what is left beside something hidden can look like more. */
export function hideAll(text: string, find: (seen: string) => readonly Span[]): string {
  let hidden = text;
  for (;;) {
    const folded = foldSeen(hidden);
    const spans = find(folded.text);
    if (spans.length === 0) return hidden;
    hidden = hideSpans(hidden, folded, spans);
  }
}

// The local part is bounded, or the search for it would be quadratic.
// Maps have coordinates behind the sign. No blank inside the brackets: a sentence of ours may put 'at' between brackets of people's words.
const AT = '(?:@| @ |\\s?[(\\[{](?:at|arroba|@)[)\\]}]\\s?)';
const EMAIL = new RegExp(
  `[^\\s@<>()[\\]]{1,64}${AT}(?!-?\\d{1,3}\\.\\d+,-?\\d)[^\\s@<>()[\\]]+\\.[^\\s@<>()[\\].]+`,
  'giu',
);
/** With its signs in words: what stands behind the last point tells it from a sentence. */
const DOT = '(?:\\.|\\s?[(\\[{](?:\\.|dot|punto)[)\\]}]\\s?|\\s(?:dot|punto)\\s)';
const SPELT_EMAIL = new RegExp(
  `[^\\s@<>()[\\]]{1,64}(?:${AT}|\\s(?:at|arroba)\\s)[\\p{L}\\p{N}-]{1,63}${DOT}` +
    `(?:[\\p{L}\\p{N}-]{1,63}${DOT})?(?:com|org|net|edu|gov|gob|info|io|me|mx|us|es|uk|co|example|test)(?![\\p{L}\\p{N}])`,
  'giu',
);

const ALONE = '(?<![\\p{L}\\p{N}])';
const LINK = new RegExp(
  `${ALONE}(?:(?:tel|sms|mailto|callto|facetime|whatsapp):/{0,2}[+\\w]\\S*|wa\\.me/\\S+)`,
  'giu',
);
const CHAT = new RegExp(
  `${ALONE}(?:${[
    '(?:t|telegram)\\.me/\\S+',
    'telegram\\.dog/\\S+',
    'tg://\\S*',
    // Named as an account; a word with a digit or a low line in it needs a colon, a number none.
    '(?:telegram|tg)(?:\\s{1,3}user)?(?:\\s{0,3}id\\b)?\\s{0,3}' +
      '(?:[:=]?\\s{0,3}(?:@\\w{4,}|\\d{6,})|[:=]\\s{0,3}(?=\\w{0,32}[_\\d])[a-z]\\w{4,})',
  ].join('|')})`,
  'giu',
);

/** A sign, points or a small word between the groups of a number, as somebody says it. */
const SAID_BETWEEN =
  '(?:[,;] ?| ?\\.{2,5} ?| ?x ?|[, -]{1,3}(?:y |and )?(?:and|then|point|dot|y|luego|despues|punto|coma|comma) | - )';
/** A list to the eye, but for its shape: in the groups of the United States, or of Mexico. */
const LISTED = new RegExp(
  `(?<!\\p{N})(?:\\p{Nd}{3}${SAID_BETWEEN}\\p{Nd}{3}|\\p{Nd}{2}${SAID_BETWEEN}\\p{Nd}{4})${SAID_BETWEEN}\\p{Nd}{4}(?!\\p{N})`,
  'giu',
);
/** Seven digits or more, apart by no more than four signs of any kind but that of a currency, or by blanks. */
const PHONE = /[+(]{0,2}\p{Nd}(?:(?:[^\p{L}\p{N}\p{Sc}]{0,4}|[ \t]{5,20})\p{Nd}){6,}/gu;
/** A number with letters in the place of digits that look the same: no `10l`, no `1o`. */
const WITH_LETTERS = /(?<![\p{L}\p{N}])(?=[OoIl]*\d)[\dOoIl]+(?!\p{L})/gu;
const LETTER_FOR_DIGIT = /O|[oIl](?=[\dOoIl])/gu;
/** Digits and the signs between them in words, as somebody spells a number out. */
const SPELT =
  /(?<!\p{L})(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|cero|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|dash|hyphen|guion)(?!\p{L})/giu;
const SPELT_SIGN = /^(?:dash|hyphen|guion)$/iu;

/** With a digit for each that a letter or a word stands for, and every place as it is. */
const asDigits = (seen: string): string =>
  seen
    .replace(WITH_LETTERS, (number) =>
      number.replace(LETTER_FOR_DIGIT, (letter) => (/o/i.test(letter) ? '0' : '1')),
    )
    .replace(SPELT, (word) => (SPELT_SIGN.test(word) ? '' : '0').padEnd(word.length));

/** What is found in text that `foldSeen` gave; spans can overlap. */
export function findContacts(seen: string): Contact[] {
  const found: Contact[] = [];
  const look = (text: string, pattern: RegExp, kind: Contact['kind']) => {
    for (const { 0: words, index } of text.matchAll(pattern)) {
      found.push({ kind, start: index, end: index + words.length });
    }
  };
  if (/[@[({]/.test(seen)) look(seen, EMAIL, 'email');
  if (/dot|punto|arroba/i.test(seen)) look(seen, SPELT_EMAIL, 'email');
  look(seen, LINK, 'link');
  look(seen, CHAT, 'chat');
  look(seen, LISTED, 'phone');
  // Letters break a row of digits; as many of them leave every place as it is.
  look(asDigits(coverOrdinary(seen)), PHONE, 'phone');
  return found;
}
