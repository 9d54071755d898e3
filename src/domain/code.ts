/**
 * Redemption codes: 7 random Crockford symbols and a check symbol, shown `XXXX-XXXX`
 * (domain.md, Offers and redemption). Invitations look alike and are longer.
 */
import type { Span } from '../lib/contacts.ts';
import { CROCKFORD_ALPHABET, crockfordSymbols, foldCrockford } from '../lib/crockford.ts';
import { plainLetters } from '../lib/letters.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

const BASE = CROCKFORD_ALPHABET.length;
const RANDOM_SYMBOLS = 7;
const CODE_SYMBOLS = RANDOM_SYMBOLS + 1;
export const INVITE_SYMBOLS = 12;

/**
 * Luhn's check in base 32, over Crockford's symbols: finds every single wrong symbol and every swap of neighbours but
 * 0 and Z.
 */
function checkSymbol(symbols: string): string {
  let sum = 0;
  let factor = 2;
  for (let at = symbols.length - 1; at >= 0; at -= 1) {
    const product = CROCKFORD_ALPHABET.indexOf(symbols.charAt(at)) * factor;
    sum += Math.floor(product / BASE) + (product % BASE);
    factor = factor === 2 ? 1 : 2;
  }
  return CROCKFORD_ALPHABET.charAt((BASE - (sum % BASE)) % BASE);
}

/** A code from seven or more uniformly random bytes, without hyphen. */
export function codeFrom(bytes: Uint8Array): string {
  const symbols = crockfordSymbols(bytes, RANDOM_SYMBOLS);
  return symbols + checkSymbol(symbols);
}

/** A code as people read it: `7GK2-M4QX`. */
export const showCode = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');

/** Reads a code as a person typed it. What cannot be one is refused, and costs no guess. */
export function parseCode(typed: string): Result<string, Refusal<'code-malformed'>> {
  const code = foldCrockford(typed);
  const wellFormed =
    code.length === CODE_SYMBOLS &&
    [...code].every((symbol) => CROCKFORD_ALPHABET.includes(symbol)) &&
    checkSymbol(code.slice(0, RANDOM_SYMBOLS)) === code[RANDOM_SYMBOLS];
  return wellFormed ? ok(code) : refuse('code-malformed');
}

/** How a code is written among other words, the surest way first: as it is shown, in one word, in two. */
const WRITTEN = [
  /(?<![\p{L}\p{N}-])([0-9A-Z]{4} ?[-._] ?[0-9A-Z]{4})(?![\p{L}\p{N}]|-[0-9A-Z])/giu,
  /(?<![\p{L}\p{N}-])([0-9A-Z]{8})(?![\p{L}\p{N}-])/giu,
  // Looks ahead only: in 'code 7GK2 M4QX' there are two that could be one.
  /(?<![\p{L}\p{N}-])(?=([0-9A-Z]{4}\s{1,3}[0-9A-Z]{4})(?![\p{L}\p{N}-]))/giu,
] as const;
/** Ordinary words of eight letters can pass the check. */
const NO_ORDINARY_WORD = /\d|^[^a-z]+$/u;
/** A year, a date, a phone number; hardly ever a code. */
const ONLY_DIGITS = /^[\d\W_]+$/u;
/** No code stands later in a message. */
const LOOKED_THROUGH_MAX = 1000;

/**
 * The codes among the words of a text, each once, as far as they are written in the surest way. What
 * cannot be a code is passed over.
 */
export function codesIn(text: string): readonly string[] {
  const seen = plainLetters(text.slice(0, LOOKED_THROUGH_MAX));
  for (const [at, written] of WRITTEN.entries()) {
    const codes = [...seen.matchAll(written)].flatMap(([, found = '']) => {
      const code = parseCode(found.replace(/[._]/g, ''));
      const isLikely = (at === 0 && !SPAN.test(found)) || NO_ORDINARY_WORD.test(found);
      return code.ok && isLikely && !ONLY_DIGITS.test(found) ? [code.value] : [];
    });
    if (codes.length > 0) return [...new Set(codes)];
  }
  return [];
}

/** Two fours with a hyphen; or with a blank, or none, of letters and digits. */
const LIKE_CODE =
  /(?<![\p{L}\p{N}-])([0-9A-Z]{4}[-._][0-9A-Z]{4}|(?=[0-9A-Z ]*\d)(?=[0-9A-Z ]*[A-Z])[0-9A-Z]{4} ?[0-9A-Z]{4})(?![\p{L}\p{N}-])/giu;

/** Is there something among the words that was meant for a code, be it a good one or mistyped? */
export function hasLikeCode(text: string): boolean {
  const seen = plainLetters(text.slice(0, LOOKED_THROUGH_MAX));
  const length = seen.replace(/[^\p{L}\p{N}._-]/gu, '').length;
  return [...seen.matchAll(LIKE_CODE)].some(([, found = '']) => {
    const isLikely = found.includes(' ')
      ? /^[^a-z]+$/u.test(found)
      : NO_ORDINARY_WORD.test(found) || found.length === length;
    return isLikely && !ONLY_DIGITS.test(found) && !SPAN.test(found);
  });
}

/** The codes that somebody says where a code is wanted: the whole of their words, or those among them. */
export function codesSaid(text: string): readonly string[] {
  const whole = parseCode(text);
  return whole.ok ? [whole.value] : codesIn(text);
}

const FOUR = '[0-9A-Z]{4}';
const BEFORE = '(?<![0-9A-Z])';
const AFTER = '(?![0-9A-Z])';
/** Nothing, a hyphen in words, or up to four signs of any kind: a code is passed on in many ways. */
const APART = '(?:\\s(?:dash|hyphen|guion)\\s|[^\\p{L}\\p{N}]{0,4})';
const INVITE = new RegExp(
  `${BEFORE}(?=(${FOUR})(${APART})(${FOUR})(${APART})(${FOUR})${AFTER})`,
  'giu',
);
// Looks ahead only: in 'send 7GK2 M4QX' there are two that could be one.
const CODE = new RegExp(`${BEFORE}(?=(${FOUR}${APART}${FOUR})${AFTER})`, 'giu');
/** One symbol at a time, as somebody spells it out. */
const FOUR_SPELT = '[0-9A-Z](?:[^\\p{L}\\p{N}][0-9A-Z]){3}';
const SPELT = new RegExp(
  `${BEFORE}(?=(${FOUR_SPELT}(?:[^\\p{L}\\p{N}]{1,5}${FOUR_SPELT}){1,2})${AFTER})`,
  'giu',
);
/** What stands between the two halves. */
const BETWEEN = /\s(?:dash|hyphen|guion)\s|[^\p{L}\p{N}]+/giu;
const AS_SHOWN = /^[0-9A-Z]{4}-[0-9A-Z]{4}$|^(?=.*[A-Z])[0-9A-Z]{4} [0-9A-Z]{4}$/u;
/** Letters and digits on the two sides of a hyphen, or in one four: no two words, no year. */
const MIXED = /^(?=.*\d)(?=.*[A-Z])\w+[^\w\s]\w+$|\d[A-Z]|[A-Z]\d/iu;
/** A span from one to the other: `10AM-12PM`, `22nd-25th`. */
const SPAN = /^\d+[a-z]+\W\d+[a-z]+$|^\d+[AP]M\W\d+[AP]M$/u;

/** Some letters and some digits. */
const MIXED_SYMBOLS = /^(?=.*\d)(?=.*[A-Z])/iu;

/** `DTV7`, but no `10AM`. */
const DIGIT_AFTER_LETTER = /[A-Z]\d/iu;
const CAPITALS = /^(?=.*[A-Z])[0-9A-Z]+$/u;

/**
 * Hyphens make an invitation of any three fours. With another sign between them it is one in capitals
 * as it is shown, or with letters and digits in each four: a word beside a code is none of it.
 */
function looksLikeInvite(fours: readonly string[], [first, second]: readonly string[]): boolean {
  if (first !== second) return false;
  return (
    first === '-' ||
    (fours.some((four) => DIGIT_AFTER_LETTER.test(four)) &&
      (fours.every((four) => CAPITALS.test(four)) ||
        fours.every((four) => MIXED_SYMBOLS.test(four))))
  );
}

/** Signs beside a blank can end a sentence, and a word stand before them. */
const SENTENCE_ENDS = /[^-\s\p{L}\p{N}]\s|\s[^-\s\p{L}\p{N}]/u;

function looksLikeCode(written: string): boolean {
  const halves = written.split(BETWEEN);
  const found = written.replace(BETWEEN, (signs) => (/^\s*$/u.test(signs) ? ' ' : '-'));
  if (SPAN.test(found) || !parseCode(found).ok) return false;
  if (!SENTENCE_ENDS.test(written)) return AS_SHOWN.test(found) || MIXED.test(found);
  return (
    halves.every((half) => CAPITALS.test(half)) || halves.every((half) => MIXED_SYMBOLS.test(half))
  );
}

/** No row of letters, or of numbers. */
const isSpeltCode = (symbols: string): boolean =>
  MIXED_SYMBOLS.test(symbols) && (symbols.length === INVITE_SYMBOLS || parseCode(symbols).ok);

/**
 * Finds codes and invitations in text that `foldSeen` gave, for hiding them before it becomes public;
 * spans can overlap. Two words of four letters are not taken for a code, unless they look as one is
 * shown.
 */
export function findCodes(seen: string): Span[] {
  const found: Span[] = [];
  const add = (start: number, words: string) => found.push({ start, end: start + words.length });
  for (const invite of seen.matchAll(INVITE)) {
    const [, one = '', first = '', two = '', second = '', three = ''] = invite;
    if (looksLikeInvite([one, two, three], [first, second])) {
      add(invite.index, one + first + two + second + three);
    }
  }
  for (const { 1: code = '', index } of seen.matchAll(CODE)) {
    if (looksLikeCode(code)) add(index, code);
  }
  for (const { 1: code = '', index } of seen.matchAll(SPELT)) {
    if (isSpeltCode(code.replace(/[^0-9A-Z]/giu, ''))) add(index, code);
  }
  return found;
}

/** An invitation's token from twelve or more random bytes, without hyphens. */
export const inviteFrom = (bytes: Uint8Array): string => crockfordSymbols(bytes, INVITE_SYMBOLS);
