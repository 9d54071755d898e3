/** What a picture looks like, as 64 hex digits: comparing two, and finding one by its pieces. */

/**
 * Two pictures that differ in no more of the 256 bits look nearly the same. Measured with 200 drawn
 * scenes (test/support/scenes.ts): made smaller, encoded again at quality 40, brighter, darker or
 * with a caption, a picture stays within 12 bits of itself; cropped by a hundredth at every side 98
 * in 100 stay within 15, by a fiftieth 87, by a twentieth 3. Two different scenes are 29 apart or
 * more.
 */
export const ALIKE_BITS_MAX = 15;

/** One more than `ALIKE_BITS_MAX`: where so few bits differ, one piece at least is the same. */
const PIECES = 16;
const DIGITS_PER_PIECE = 4;

/** In how many bits two hashes differ. */
export function hashDistance(one: string, other: string): number {
  const others = hashPieces(other);
  let bits = 0;
  for (const [at, piece] of hashPieces(one).entries()) {
    let differing = piece ^ (others[at] ?? 0);
    for (; differing !== 0; differing &= differing - 1) bits += 1;
  }
  return bits;
}

/** The hash in 16 pieces of 16 bits. */
export const hashPieces = (hash: string): number[] =>
  Array.from({ length: PIECES }, (_, at) =>
    Number.parseInt(hash.slice(at * DIGITS_PER_PIECE, (at + 1) * DIGITS_PER_PIECE), 16),
  );
