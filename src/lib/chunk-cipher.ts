/**
 * Encrypts something long in chunks: AES-256-GCM, each chunk bound to its place, to the header, and
 * to whether it is the last. So nothing can be left out, added, put elsewhere or cut off unseen.
 * Source: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015).
 */
import { gcm } from '@noble/ciphers/aes.js';

const NONCE_BYTES = 12;
const COUNTER_AT = 7;
const LAST_AT = 11;

export type ChunkCipher = {
  /** `at` counts the chunks from 0. */
  readonly seal: (chunk: Uint8Array, at: number, isLast: boolean) => Uint8Array;
  /** Throws when it is not the chunk of this place, or its bytes or the header were changed. */
  readonly open: (sealed: Uint8Array, at: number, isLast: boolean) => Uint8Array;
};

/** `key` (32 bytes) must be of this one message: the nonces count from 0. */
export function createChunkCipher(key: Uint8Array, header: Uint8Array): ChunkCipher {
  const cipher = (at: number, isLast: boolean) => {
    const nonce = new Uint8Array(NONCE_BYTES);
    new DataView(nonce.buffer).setUint32(COUNTER_AT, at);
    nonce[LAST_AT] = isLast ? 1 : 0;
    return gcm(key, nonce, header);
  };
  return {
    seal: (chunk, at, isLast) => cipher(at, isLast).encrypt(chunk),
    open: (sealed, at, isLast) => cipher(at, isLast).decrypt(sealed),
  };
}
