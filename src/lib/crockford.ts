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

/** What a person typed, with case, spaces, hyphens and everything that only looks different forgiven: O, I and L too. */
export const foldCrockford = (typed: string): string =>
  plainLetters(typed).toUpperCase().replace(/[\s-]/gu, '').replace(/O/g, '0').replace(/[IL]/g, '1');
