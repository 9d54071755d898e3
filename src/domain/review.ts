/** The rules of evidence and reviews (domain.md, Evidence and verification). */
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { type ClaimState, isOver, takesEvidence } from './claim.ts';
import { evidenceWindow } from './task-day.ts';

export const EVIDENCE_TEXT_MAX = 1000;
export const EVIDENCE_PICTURES_MAX = 10;
export const NOTE_LENGTH_MAX = 300;

/**
 * Why evidence is not approved: the code of a decision that approves is `verified`. Decisions of before
 * there were codes say `not-verified`. Source: domain.md, Evidence and verification.
 */
export const REJECT_REASONS = [
  'no-evidence',
  'wrong-task',
  'not-done',
  'unsafe',
  'duplicate',
  'not-present',
  'other',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** Does a rejection say enough? Only `other` needs words. */
export const isReasonEnough = (reason: RejectReason, note: string): boolean =>
  reason !== 'other' || note !== '';

/**
 * Decides whether evidence on a claim is a new piece, or more of the piece that waits. It is taken from
 * the check-in, or from an hour before the start, until 48 hours after the end.
 * Source: domain.md, The day of a task.
 */
export function decideEvidence(facts: {
  readonly claim: ClaimState | undefined;
  readonly hasText: boolean;
  readonly pictures: number;
  readonly task: Parameters<typeof evidenceWindow>[0];
  /** When the person sent it (ms). */
  readonly sentAt: number;
}): Result<
  'new' | 'more',
  | Refusal<'not-joined' | 'standby-evidence' | 'reviewed-already' | 'evidence-empty'>
  | Refusal<'evidence-early' | 'evidence-late'>
> {
  const { claim, sentAt } = facts;
  if (claim === undefined || isOver(claim)) return refuse('not-joined');
  if (claim === 'standby' || claim === 'offered') return refuse('standby-evidence');
  if (claim === 'verified' || claim === 'rejected') return refuse('reviewed-already');
  if (!facts.hasText && facts.pictures === 0) return refuse('evidence-empty');
  if (claim === 'submitted') return ok('more');
  if (!isEvidenceTime(claim, facts.task, sentAt)) {
    const { from, until } = evidenceWindow(facts.task);
    return sentAt < from ? refuse('evidence-early', { from }) : refuse('evidence-late', { until });
  }
  return ok('new');
}

/** Is evidence taken on a claim, as far as its state and the time say? */
export function isEvidenceTime(
  claim: ClaimState,
  task: Parameters<typeof evidenceWindow>[0],
  sentAt: number,
): boolean {
  if (!takesEvidence(claim)) return false;
  const { from, until } = evidenceWindow(task);
  return claim === 'submitted' || (sentAt <= until && (claim === 'checked-in' || sentAt >= from));
}

/** May this reviewer decide? Evidence of other issuers is refused like one that is not there. */
export function decideReview(facts: {
  readonly evidence:
    | { readonly state: string; readonly personId: number; readonly partnerId: number }
    | undefined;
  readonly reviewerId: number;
  /** Both are so close that they may be one person: linked once, held to be one, or on one phone. */
  readonly areClose: boolean;
  readonly reviewsFor: readonly number[];
  /** Somebody decided about it a moment ago, and can still take that back. */
  readonly isHeld: boolean;
}): Result<
  true,
  Refusal<'evidence-unknown' | 'own-evidence' | 'reviewed-already' | 'evidence-held'>
> {
  const { evidence } = facts;
  if (evidence === undefined || !facts.reviewsFor.includes(evidence.partnerId)) {
    return refuse('evidence-unknown');
  }
  if (evidence.personId === facts.reviewerId || facts.areClose) return refuse('own-evidence');
  if (evidence.state !== 'pending') return refuse('reviewed-already');
  return facts.isHeld ? refuse('evidence-held') : ok(true);
}

/**
 * May this many credits be issued now? A refusal says in `left` how many may.
 * Source: domain.md, Epochs and the issuance cap.
 */
export function decideIssue(
  credits: number,
  issuer: { readonly amount: number; readonly issued: number },
  city: { readonly amount: number; readonly issued: number },
): Result<true, Refusal<'cap-issuer' | 'cap-city'>> {
  if (issuer.issued + credits > issuer.amount) {
    return refuse('cap-issuer', { left: Math.max(0, issuer.amount - issuer.issued) });
  }
  if (city.issued + credits > city.amount) {
    return refuse('cap-city', { left: Math.max(0, city.amount - city.issued) });
  }
  return ok(true);
}
