import { plainLetters } from './letters.ts';

/** Crockford's base 32: no I, L, O or U, so that a code survives being read aloud. */
export const CROCKFORD_ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `length` symbols from the low five bits of as many bytes. */
export function crockfordSymbols(bytes: Uint8Array, length: number): string {
  if (bytes.length < length) throw new Error('crockfordSymbols: too few bytes');
  let symbols = '';
  for (let at = 0; at < length; at += 1) {
    symbols += CROCKFORD_ALPHABET[(bytes[at] as number) & 31];
  }
  return symbols;
}

/** Three groups of four, apart by hyphens or blanks, or all in one word. */
const TWELVE =
  /(?<![\p{L}\p{N}-])([0-9A-Z]{4}[\s-]?[0-9A-Z]{4}[\s-]?[0-9A-Z]{4})(?![\p{L}\p{N}-])/giu;
const TWELVE_SHOWN = /(?<![\p{L}\p{N}-])([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})(?![\p{L}\p{N}-])/giu;
const LOOKED_THROUGH_MAX = 1000;

/**
 * The one code of twelve symbols among a person's words: an invitation, or a recovery code; the words
 * themselves where there is none, or several that differ.
 */
export function twelveSymbolsIn(typed: string): string {
  if (foldCrockford(typed).length === 12) return typed;
  const seen = plainLetters(typed.slice(0, LOOKED_THROUGH_MAX));
  for (const form of [TWELVE_SHOWN, TWELVE]) {
    const found = new Set([...seen.matchAll(form)].map(([, code = '']) => foldCrockford(code)));
    const [only] = found;
    if (only !== undefined) return found.size === 1 ? only : typed;
  }
  return typed;
}

/** What a person typed, with case, spaces, hyphens and everything that only looks different forgiven: O, I and L too. */
export const foldCrockford = (typed: string): string =>
  plainLetters(typed).toUpperCase().replace(/[\s-]/gu, '').replace(/O/g, '0').replace(/[IL]/g, '1');
