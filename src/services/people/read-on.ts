import type { FollowUp } from '../../store/follow-ups.ts';
import type { Context } from '../context.ts';

/** What is left of the last long answer to an address; undefined for nothing. */
export function readOn(
  context: Context,
  identityId: number,
): NonNullable<FollowUp['rest']> | undefined {
  return context.tx.followUps.get(identityId, context.now)?.rest ?? undefined;
}

/** What a number says that stands for something in the last answer to an address. */
export function saidByNumber(
  context: Context,
  identityId: number,
  number: number,
): string | undefined {
  return context.tx.followUps.get(identityId, context.now)?.choices?.[String(number)];
}
