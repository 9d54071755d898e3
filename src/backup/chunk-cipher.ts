/**
 * Encrypts something long in chunks: AES-256-GCM, each chunk bound to its place, to the header, and
 * to whether it is the last. So nothing can be left out, added, put elsewhere or cut off unseen.
 * Source: the STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár: Online
 * Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance, 2015).
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const COUNTER_AT = 7;
const LAST_AT = 11;
const TAG_BYTES = 16;

export type ChunkCipher = {
  /** `at` counts the chunks from 0. */
  readonly seal: (chunk: Uint8Array, at: number, isLast: boolean) => Uint8Array;
  /** Throws when it is not the chunk of this place, or its bytes or the header were changed. */
  readonly open: (sealed: Uint8Array, at: number, isLast: boolean) => Uint8Array;
};

/**
 * `key` (32 bytes) must be of this one message: the nonces count from 0. It is Node's own cipher,
 * since one in JavaScript takes seconds for the backup of a large city, and everybody waits meanwhile.
 */
export function createChunkCipher(key: Uint8Array, header: Uint8Array): ChunkCipher {
  return {
    seal: (chunk, at, isLast) => {
      const cipher = createCipheriv(CIPHER, key, nonceOf(at, isLast), { authTagLength: TAG_BYTES });
      cipher.setAAD(header);
      return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
    },
    open: (sealed, at, isLast) => {
      const nonce = nonceOf(at, isLast);
      const decipher = createDecipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
      decipher.setAAD(header);
      decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
    },
  };
}

function nonceOf(at: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(NONCE_BYTES);
  new DataView(nonce.buffer).setUint32(COUNTER_AT, at);
  nonce[LAST_AT] = isLast ? 1 : 0;
  return nonce;
}
