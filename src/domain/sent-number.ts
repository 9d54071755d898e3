/** A number that is sent to a phone, and sent back by whoever reads it there: a sender can be forged. */

const DIGITS = 4;
/** That many random bytes make each number about equally likely. */
export const SENT_NUMBER_BYTES = 4;

/** Four digits from `SENT_NUMBER_BYTES` or more uniformly random bytes. */
export function sentNumberFrom(bytes: Uint8Array): string {
  const drawn = bytes.slice(0, SENT_NUMBER_BYTES).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(drawn % 10 ** DIGITS).padStart(DIGITS, '0');
}
