import { gcm } from '@noble/ciphers/aes.js';
import { describe, expect, test } from 'vitest';
import { createChunkCipher } from '../../src/backup/chunk-cipher.ts';

const key = new Uint8Array(32).fill(3);
const header = new TextEncoder().encode('whose it is');
const chunk = new TextEncoder().encode('a chunk');
const cipher = createChunkCipher(key, header);
const sealed = cipher.seal(chunk, 7, false);

test('what was sealed opens in its place', () => {
  expect([...cipher.open(sealed, 7, false)]).toEqual([...chunk]);
  expect(Buffer.from(sealed).includes('a chunk')).toBe(false);
});

describe('it does not open', () => {
  test.each<[string, () => Uint8Array]>([
    ['in another place', () => cipher.open(sealed, 8, false)],
    ['as the last chunk when it was not', () => cipher.open(sealed, 7, true)],
    [
      'as one in the middle when it was the last',
      () => cipher.open(cipher.seal(chunk, 7, true), 7, false),
    ],
    [
      'with another key',
      () => createChunkCipher(new Uint8Array(32).fill(4), header).open(sealed, 7, false),
    ],
    [
      'with another header',
      () => createChunkCipher(key, new TextEncoder().encode('whose it IS')).open(sealed, 7, false),
    ],
    [
      'with one bit changed',
      () => {
        const changed = Uint8Array.from(sealed);
        changed[3] = (changed[3] ?? 0) ^ 1;
        return cipher.open(changed, 7, false);
      },
    ],
    ['cut off', () => cipher.open(sealed.subarray(0, -1), 7, false)],
  ])('%s', (_how, open) => {
    expect(open).toThrow();
  });
});

test('it is AES-GCM with the tag behind, the place in the nonce: older backups open', () => {
  const nonce = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0);
  expect([...sealed]).toEqual([...gcm(key, nonce, header).encrypt(chunk)]);
});
