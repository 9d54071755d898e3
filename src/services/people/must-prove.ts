import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';

/** A number that came back after a long silence may be somebody else's: its code comes first. */
export const isProven = (
  { unproven }: Context,
  personId: number,
): Result<true, Refusal<'number-returned'>> =>
  unproven.has(personId) ? refuse('number-returned') : ok(true);
