/** Undoing a confirmation at the counter (domain.md, Offers and redemption). */
import { MINUTE_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

/** So long after a confirmation the operator who made it can undo it. */
export const UNDO_MS_MAX = 10 * MINUTE_MS;

/**
 * May an operator undo a confirmation? `undo-none`: they confirmed nothing that still stands;
 * `undo-late`: it is more than ten minutes old; `undo-corrected`: admins corrected its credits.
 */
export function decideUndo(facts: {
  /** What this operator confirmed last and is still honored; undefined for nothing. */
  readonly confirmed: { readonly isHonored: boolean } | undefined;
  /** The time of the burn and that of the next transfer, both by the ledger. */
  readonly burnedAt: number;
  readonly undoesAt: number;
  readonly isCorrected: boolean;
}): Result<true, Refusal<'undo-none' | 'undo-late' | 'undo-corrected'>> {
  const { confirmed, burnedAt, undoesAt, isCorrected } = facts;
  if (confirmed?.isHonored !== true) return refuse('undo-none');
  if (undoesAt - burnedAt > UNDO_MS_MAX) return refuse('undo-late');
  return isCorrected ? refuse('undo-corrected') : ok(true);
}
