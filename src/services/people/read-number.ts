import type { Context } from '../context.ts';

/** The words that a number stands for in the last answer to an address. */
export function readNumber(
  { tx, now }: Context,
  identityId: number,
  number: number,
): string | undefined {
  return tx.followUps.get(identityId, now)?.choices?.[String(number)];
}
