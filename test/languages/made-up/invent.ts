/**
 * Invents words: each letter of an English one becomes a letter of N'Ko, which is written from
 * right to left and has digits of its own. So the language always has all texts there are.
 */

const FIRST_LETTER = 0x07ca;
const ZERO = 0x07c0;
/** A mark on a letter, which people leave out when they write. */
const TONE = '\u07eb';
const CODE = /[0-9A-Z]{4}(?:-[0-9A-Z]{4})+/;

const inventLetter = (letter: string): string => {
  const code = letter.toLowerCase().charCodeAt(0);
  if (code >= 97) return String.fromCharCode(FIRST_LETTER + code - 97) + (code === 97 ? TONE : '');
  return String.fromCharCode(ZERO + code - 48);
};

/** The word or sentence of the made-up language; codes stay. */
export const invent = (english: string): string =>
  english
    .split(new RegExp(`(${CODE.source})`))
    .map((part) => (CODE.test(part) ? part : part.replace(/[a-z0-9]/gi, inventLetter)))
    .join('');

/** The same without marks, as it is compared. */
export const inventPlain = (english: string): string => invent(english).replaceAll(TONE, '');

/** An ICU message: its arguments stay, the words around and within them change. */
export function inventMessage(english: string): string {
  let at = 0;
  const message = (): string => {
    let words = '';
    while (at < english.length && english[at] !== '}') {
      const next = english.slice(at).search(/[{}]/);
      const end = next < 0 ? english.length : at + next;
      words += invent(english.slice(at, end));
      at = end;
      if (english[at] === '{') words += argument();
    }
    return words;
  };
  const argument = (): string => {
    const open = english.indexOf('{', at + 1);
    const close = english.indexOf('}', at);
    if (close < open || open < 0) {
      const whole = english.slice(at, close + 1);
      at = close + 1;
      return whole;
    }
    let kept = '';
    while (english[at] !== '}') {
      const next = at + english.slice(at + 1).search(/[{}]/) + 1;
      kept += english.slice(at, next);
      at = next;
      if (english[at] !== '{') break;
      at += 1;
      kept += `{${message()}}`;
      at += 1;
    }
    at += 1;
    return `${kept}}`;
  };
  return message();
}

/** A text of the pages: its `{name}` places stay. */
export const inventText = (english: string): string =>
  english
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? part : invent(part)))
    .join('');

/** All values of a catalog or list of words, made anew. */
export const inventAll = <K extends string, From, To>(
  all: Readonly<Record<K, From>>,
  make: (from: From) => To,
): Readonly<Record<K, To>> =>
  Object.fromEntries(
    Object.entries<From>(all).map(([key, value]) => [key, make(value)]),
  ) as Readonly<Record<K, To>>;
