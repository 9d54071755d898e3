/**
 * Messages in a row that were not understood. They are counted within the hour and until one is
 * understood, so that none of them is answered in words that did not help before.
 */
import type { Context } from '../context.ts';
import { giveBack, spend, used } from './spend.ts';

/** Enough to tell a person's answers of one hour apart. */
const DIGEST_LENGTH = 16;

/**
 * Counts one more message of a person in a row that was not understood: how many there are, from 1.
 * Undefined where so many were answered that no answer helps.
 */
export function countUnclear(context: Context, personId: number): number | undefined {
  return spend(context, 'unclear', personId).ok ? used(context, 'unclear', personId) : undefined;
}

/** The message of a person was understood: the next one that is not will be the first in a row. */
export const forgetUnclear = (context: Context, personId: number): void =>
  giveBack(context, 'unclear', personId);

/**
 * The first of these answers that the person did not get since they were last understood, which
 * counts as given; undefined where all of them were. They are kept as digests only.
 */
export function chooseUnsaid<T extends { readonly text: string }>(
  context: Context,
  personId: number,
  answers: readonly T[],
): T | undefined {
  const digestOf = ({ text }: T): string =>
    context.keys.secretLookup('repeat', text).slice(0, DIGEST_LENGTH);
  const unsaid = answers.find(
    (answer) => used(context, 'unclear', personId, digestOf(answer)) === 0,
  );
  if (unsaid !== undefined) spend(context, 'unclear', personId, { of: digestOf(unsaid) });
  return unsaid;
}
