/** Where a digest belongs in a table, in a way that nobody who writes a file can know beforehand. */
import { DIGEST_BYTES } from './cids.ts';

/** A number of 32 bits for the digest that begins at `at`. */
export type DigestHash = (source: Uint8Array, at: number) => number;

const BYTE_VALUES = 256;

/**
 * Tabulation hashing with tables of its own, drawn again at each call. Blocks are indexed before
 * anybody knows whether their digests are true, so a hostile file may have any digests it likes.
 */
export function createDigestHash(): DigestHash {
  const tables = crypto.getRandomValues(new Uint32Array(DIGEST_BYTES * BYTE_VALUES));
  return (source, at) => {
    let hash = 0;
    for (let index = 0; index < DIGEST_BYTES; index += 1) {
      hash ^= tables[index * BYTE_VALUES + (source[at + index] as number)] as number;
    }
    return hash >>> 0;
  };
}
