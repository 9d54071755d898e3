/** The rules of evidence and reviews (domain.md, Evidence and verification). */
import { HOUR_MS } from '../lib/clock.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import type { ClaimState } from './task.ts';

export const EVIDENCE_TEXT_MAX = 1000;
export const EVIDENCE_PICTURES_MAX = 10;
export const NOTE_LENGTH_MAX = 300;
/** Evidence is taken from so long before the start of a task. */
export const EVIDENCE_BEFORE_START_MS = HOUR_MS;

/** Decides whether evidence on a claim is a new piece, or more of the piece that waits. */
export function decideEvidence(facts: {
  readonly claim: ClaimState | undefined;
  readonly hasText: boolean;
  readonly pictures: number;
}): Result<
  'new' | 'more',
  Refusal<'not-joined' | 'standby-evidence' | 'reviewed-already' | 'evidence-empty'>
> {
  if (facts.claim === undefined || facts.claim === 'dropped' || facts.claim === 'closed') {
    return refuse('not-joined');
  }
  if (facts.claim === 'standby') return refuse('standby-evidence');
  if (facts.claim === 'verified' || facts.claim === 'rejected') return refuse('reviewed-already');
  if (!facts.hasText && facts.pictures === 0) return refuse('evidence-empty');
  return ok(facts.claim === 'submitted' ? 'more' : 'new');
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
}): Result<true, Refusal<'evidence-unknown' | 'own-evidence' | 'reviewed-already'>> {
  const { evidence } = facts;
  if (evidence === undefined || !facts.reviewsFor.includes(evidence.partnerId)) {
    return refuse('evidence-unknown');
  }
  if (evidence.personId === facts.reviewerId || facts.areClose) return refuse('own-evidence');
  if (evidence.state !== 'pending') return refuse('reviewed-already');
  return ok(true);
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
