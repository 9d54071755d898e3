/**
 * Corrections of people's credits: one admin asks, another agrees, and each correction rests on the
 * transfers that it corrects. Source: architecture.md, The ledger.
 */
import { HOUR_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

/** So long another admin can agree. */
export const CORRECTION_LIFE_MS = 72 * HOUR_MS;
export const CORRECTION_REASON_MAX = 300;
/** A correction rests on at most so many transfers. */
export const CORRECTED_MAX = 20;

type Correction = {
  readonly participantId: string;
  /** Credits to give; to take where it is below zero. */
  readonly amount: number;
};

/** What has to hold when it is asked for, and again when somebody agrees. */
function decideAmount(
  { amount }: Correction,
  { available, room }: { readonly available: number; readonly room: number },
): Result<true, Refusal<'correction-short' | 'correction-room'>> {
  if (amount < 0 && available + amount < 0) return refuse('correction-short', { available });
  if (Math.abs(amount) > room) return refuse('correction-room', { max: room });
  return ok(true);
}

type Facts = { readonly available: number; readonly room: number };

/** May an admin ask for it? Somebody else has to be there who can agree. */
export function decideAsk(
  correction: Correction & { readonly reason: string },
  admins: { readonly asker: string; readonly others: readonly string[] },
  facts: Facts,
): Result<
  true,
  | Refusal<'correction-amount' | 'correction-reason' | 'correction-own' | 'correction-alone'>
  | Refusal<'correction-short' | 'correction-room'>
> {
  const { participantId, amount, reason } = correction;
  if (!Number.isSafeInteger(amount) || amount === 0) return refuse('correction-amount');
  if (reason === '') return refuse('correction-reason');
  if (admins.asker === participantId) return refuse('correction-own');
  const canAgree = admins.others.some((one) => one !== admins.asker && one !== participantId);
  if (!canAgree) return refuse('correction-alone');
  return decideAmount(correction, facts);
}

/** May this admin agree to it? */
export function decideAgree(
  correction:
    | (Correction & {
        readonly askedBy: string;
        readonly agreedAt: number | null;
        readonly expiresAt: number;
      })
    | undefined,
  { agrees, now }: { readonly agrees: string; readonly now: number },
  facts: Facts,
): Result<
  true,
  | Refusal<'correction-unknown' | 'correction-own' | 'correction-asked'>
  | Refusal<'correction-short' | 'correction-room'>
> {
  if (correction === undefined || correction.agreedAt !== null || correction.expiresAt <= now) {
    return refuse('correction-unknown');
  }
  if (correction.askedBy === agrees) return refuse('correction-asked');
  if (correction.participantId === agrees) return refuse('correction-own');
  return decideAmount(correction, facts);
}

/** A transfer of the person, with how much of it can still be given again or taken back. */
type Correctable<T> = { readonly transfer: T; readonly room: number };

/** The transfers that a correction rests on, the first ones first, with how much on each. */
export function planCorrection<T>(
  credits: number,
  transfers: readonly Correctable<T>[],
): readonly { readonly transfer: T; readonly amount: number }[] {
  const parts: { readonly transfer: T; readonly amount: number }[] = [];
  let left = credits;
  for (const { transfer, room } of transfers) {
    const amount = Math.min(left, room);
    if (amount <= 0) continue;
    parts.push({ transfer, amount });
    left -= amount;
  }
  return parts;
}
