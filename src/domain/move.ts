/** An account moves to another address (domain.md, Phone lost, changed or recycled). */

import { DAY_MS, HOUR_MS } from '../lib/clock.ts';
import { CROCKFORD_ALPHABET, crockfordSymbols, foldCrockford } from '../lib/crockford.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { canGiveUp, type LinkedPerson } from './link.ts';

/** With the code an account moves after this, unless an old address says something. */
const MOVE_HOURS = 72;
/** Without the code it moves so long after an admin allowed it. */
export const LOST_MOVE_DAYS = 14;
/** A number that was silent for so long may have been given to somebody else. */
const SILENT_MS_MAX = 180 * DAY_MS;

/** That many random bytes, or more, make a recovery code. */
export const RECOVERY_SYMBOLS = 12;

/** A recovery code from that many uniformly random bytes, without hyphens. */
export const recoveryCodeFrom = (bytes: Uint8Array): string =>
  crockfordSymbols(bytes, RECOVERY_SYMBOLS);

/** Reads a recovery code as a person typed it; undefined for what cannot be one. */
export function parseRecoveryCode(typed: string): string | undefined {
  const code = foldCrockford(typed);
  const isOne =
    code.length === RECOVERY_SYMBOLS &&
    [...code].every((symbol) => CROCKFORD_ALPHABET.includes(symbol));
  return isOne ? code : undefined;
}

/** When a move happens (ms) that begins, or is allowed, now. */
export const moveDueAt = (now: number, kind: 'code' | 'lost'): number =>
  now + (kind === 'code' ? MOVE_HOURS * HOUR_MS : LOST_MOVE_DAYS * DAY_MS);

/** Only numbers are given to somebody else; was one silent for too long? Times in ms. */
export const isRecycled = (facts: {
  readonly channel: string;
  readonly heardAt: number | null;
  readonly now: number;
}): boolean =>
  facts.channel === 'sms' && facts.heardAt !== null && facts.now - facts.heardAt >= SILENT_MS_MAX;

/** May an account move to the address of somebody? They may have nothing that would be lost. */
export function decideMove(facts: {
  readonly isOwn: boolean;
  readonly isUnderWay: boolean;
  readonly mover: LinkedPerson;
  /** Somebody with other addresses keeps their account there. */
  readonly isOnlyAddress: boolean;
  readonly haveJudged: boolean;
}): Result<true, Refusal<'move-own' | 'move-under-way' | 'move-both' | 'link-judged'>> {
  if (facts.isOwn) return refuse('move-own');
  if (facts.isUnderWay) return refuse('move-under-way');
  if (facts.haveJudged) return refuse('link-judged');
  return !facts.isOnlyAddress || canGiveUp(facts.mover) ? ok(true) : refuse('move-both');
}
