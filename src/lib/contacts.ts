/**
 * Finds how somebody could be reached in text: phone numbers, e-mail addresses, accounts to chat
 * with. What hides them and what audits the records look through the same eyes.
 */

import { plainDigits } from './digits.ts';

export type Span = { readonly start: number; readonly end: number };
export type Contact = Span & { readonly kind: 'phone' | 'email' | 'link' | 'chat' };

/** Text as it looks; `at` gives the place of each of its characters in the original, and the end. */
export type Folded = { readonly text: string; readonly at: (index: number) => number };

const ASCII = /^[\u0000-\u007f]*$/;
// Format characters, marks on letters, keycaps, and letters and signs that show nothing.
const UNSEEN = /[\p{Cf}\p{M}\u115f\u1160\u2800]/gu;
const FRACTION_SLASH = '\u2044';

/** Letters and digits of any kind or script as plain ones; no accents, nothing unseen. */
export function foldSeen(original: string): Folded {
  if (ASCII.test(original)) return { text: original, at: (index) => index };
  const places: number[] = [];
  let text = '';
  let place = 0;
  for (const character of original) {
    const plain = plainDigits(character.normalize('NFKD'));
    // A half is no digits in a row.
    const seen = plain.includes(FRACTION_SLASH) ? character : plain.replace(UNSEEN, '');
    for (let unit = 0; unit < seen.length; unit += 1) places.push(place);
    text += seen;
    place += character.length;
  }
  return { text, at: (index) => places[index] ?? original.length };
}

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
// No blank inside the brackets: a sentence of ours may put 'at' between brackets of people's words.
const AT = '(?:@| @ |\\s?[(\\[{](?:at|arroba|@)[)\\]}]\\s?)';
const EMAIL = new RegExp(`[^\\s@<>()[\\]]{1,64}${AT}[^\\s@<>()[\\]]+\\.[^\\s@<>()[\\].]+`, 'giu');

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

const BEFORE = '(?<!\\p{N})';
const AFTER = '(?!\\p{N})';
const DAY = '(?:0?[1-9]|[12]\\d|3[01])';
const YEAR = '(?:19|20)\\d\\d';
/** Digits in a row that are no phone number: days, hours, amounts, years, postal codes, lists. */
const ORDINARY = new RegExp(
  [
    `${BEFORE}(?:${YEAR}[-./]${DAY}[-./]${DAY}|${DAY}[-./]${DAY}[-./]${YEAR})${AFTER}`,
    // With two digits for the year it could be a part of a number.
    `(?<!\\p{N}[-./ ]?)${DAY}[-./]${DAY}[-./]\\d\\d(?![-./ ]?\\p{N})`,
    '(?<!\\p{N}:?)(?:[01]?\\d|2[0-3])[:h][0-5]\\d(?::[0-5]\\d)?(?!:?\\p{N})',
    '(?<!\\p{N}[-./, ]?)(?:\\d{1,3},\\d{3}|\\d{1,2},\\d{3},\\d{3})(?![-./, ]?\\p{N})',
    `(?<!\\p{N}[-./, ]?)${YEAR} ?[-–/] ?${YEAR}(?![-./, ]?\\p{N})`,
    '(?<=\\b[A-Z]{2} )\\d{5}-\\d{4}(?![-\\p{N}])',
    '(?<=\\p{N})[,;][ \\t](?=\\p{N})',
  ].join('|'),
  'gu',
);
/** A list to the eye, but for its shape. */
const LISTED = /(?<!\p{N})\p{Nd}{3}[,;] ?\p{Nd}{3}[,;] ?\p{Nd}{4}(?!\p{N})/gu;
/** Seven digits or more, apart by no more than four signs of any kind but that of a currency. */
const PHONE = /[+(]{0,2}\p{Nd}(?:[^\p{L}\p{N}\p{Sc}]{0,4}\p{Nd}){6,}/gu;

/** What is found in text that `foldSeen` gave; spans can overlap. */
export function findContacts(seen: string): Contact[] {
  const found: Contact[] = [];
  const look = (text: string, pattern: RegExp, kind: Contact['kind']) => {
    for (const { 0: words, index } of text.matchAll(pattern)) {
      found.push({ kind, start: index, end: index + words.length });
    }
  };
  if (/[@[({]/.test(seen)) look(seen, EMAIL, 'email');
  look(seen, LINK, 'link');
  look(seen, CHAT, 'chat');
  look(seen, LISTED, 'phone');
  // Letters break a row of digits; as many of them leave every place as it is.
  look(
    seen.replace(ORDINARY, (ordinary) => 'x'.repeat(ordinary.length)),
    PHONE,
    'phone',
  );
  return found;
}
