/** How much may be issued from one epoch to the next (domain.md, Epochs and caps). */
import { DAY_MS } from '../lib/clock.ts';
import type { Epoch } from './calendar.ts';

/** So long before a new epoch the admins hear what was used. */
export const CAPS_TOLD_MS = 14 * DAY_MS;
/** Less than this says nothing about a whole epoch. */
const PROJECTED_FROM_MS = 14 * DAY_MS;

/** Where a cap of an epoch comes from: from the epoch before, or from somebody's decision. */
export type CapSource =
  | { readonly carriedFrom: string; readonly decidedAt: null; readonly decidedBy: null }
  | {
      readonly carriedFrom: null;
      /** In ms; null for a cap from before this was written down. */
      readonly decidedAt: number | null;
      /** A participant id; null for the city's own cap, which comes from its settings. */
      readonly decidedBy: string | null;
    };

type CityCap = CapSource & { readonly amount: number };

/**
 * The city's cap of an epoch is what its settings say: carried over where that is what the last epoch
 * had, else decided now. One that is as it was stays as it was decided.
 */
export function decideCityCap(facts: {
  readonly amount: number;
  readonly now: number;
  /** As it stands for this epoch; undefined where it has none yet. */
  readonly before: { readonly amount: number; readonly carriedFrom: string | null } | undefined;
  /** The last epoch that had caps, with the city's; undefined for the first. */
  readonly last: { readonly epoch: string; readonly amount: number } | undefined;
}): CityCap | 'as-before' {
  const { amount, now, before, last } = facts;
  const isCarried = last !== undefined && last.amount === amount;
  const wasDecided = before !== undefined && before.carriedFrom === null;
  const isSame = before?.amount === amount;
  if (isSame && (wasDecided || (isCarried && before.carriedFrom === last.epoch)))
    return 'as-before';
  if (isCarried && !wasDecided) {
    return { amount, carriedFrom: last.epoch, decidedAt: null, decidedBy: null };
  }
  return { amount, carriedFrom: null, decidedAt: now, decidedBy: null };
}

/**
 * What an issuer will have issued by the end of the epoch if it goes on like this; undefined where
 * nothing was issued yet, or less than 14 days of work say nothing.
 */
export function projectIssued(facts: {
  readonly issued: number;
  readonly epoch: Pick<Epoch, 'startsAt' | 'endsAt'>;
  /** Since when it could issue (ms). */
  readonly since: number;
  readonly now: number;
}): number | undefined {
  const { issued, epoch, now } = facts;
  const from = Math.max(epoch.startsAt, facts.since);
  const elapsedMs = now - from;
  if (issued === 0 || elapsedMs < PROJECTED_FROM_MS) return undefined;
  // The next epoch is whole, whenever the issuer began in this one.
  return Math.ceil((issued * (epoch.endsAt - epoch.startsAt)) / elapsedMs);
}
