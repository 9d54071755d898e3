import { epochOf } from '../domain/calendar.ts';
import { issuanceAccount, personAccount } from '../domain/ledger.ts';
import { decideIssue, decideReview, NOTE_LENGTH_MAX } from '../domain/review.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';
import { maskPrivate, shorten } from '../lib/text.ts';
import { COLLECTIONS } from '../records/collections.ts';
import { reviewRecord } from '../records/describe/review.ts';
import { type StrongRef, strongRef } from '../records/strong-ref.ts';
import { CITY_SCOPE, issuerScope } from '../store/caps.ts';
import type { Partner } from '../store/partners.ts';
import type { Context } from './context.ts';
import { transferCredits } from './transfer-credits.ts';

export type Decision = {
  readonly evidenceId: number;
  readonly approved: boolean;
  readonly note: string;
};

/** The city's and an issuer's cap of the epoch under way, zero where none is set. */
export function capsNow(context: Context, issuerId: number) {
  const epoch = epochOf(context.now, context.city.timeZone);
  const none = { amount: 0, issued: 0 };
  return {
    epoch,
    issuer: context.tx.caps.cap(issuerScope(issuerId), epoch) ?? none,
    city: context.tx.caps.cap(CITY_SCOPE, epoch) ?? {
      amount: context.city.policies.cityCap,
      issued: 0,
    },
  };
}

/**
 * A reviewer decides about evidence; the credits are issued in the same transaction. Refusals:
 * those of `decideReview` and `decideIssue`, and `reason-missing` for a rejection without words.
 */
export function reviewEvidence(
  context: Context,
  reviewer: { readonly id: number; readonly participantId: string },
  decision: Decision,
): Result<
  { readonly personId: number; readonly taskTitle: string; readonly credits: number },
  Refusal
> {
  const { tx, now, city } = context;
  const found = tx.evidence.evidence(decision.evidenceId);
  const may = decideReview({
    evidence: found && {
      state: found.evidence.state,
      personId: found.claim.personId,
      partnerId: found.issuer.id,
    },
    reviewerId: reviewer.id,
    reviewsFor: issuersOf(context, reviewer.id).map((issuer) => issuer.id),
  });
  if (!may.ok) return refuse(may.refusal.code, { evidence: decision.evidenceId });
  if (found === undefined) throw new Error('reviewEvidence: a decision about nothing');
  const note = shorten(maskPrivate(decision.note), NOTE_LENGTH_MAX);
  if (!decision.approved && note === '') {
    return refuse('reason-missing', { evidence: decision.evidenceId });
  }
  const { evidence, claim, task, issuer, participantId } = found;
  const earns = decision.approved || city.policies.rejectionPolicy === 'credit';
  if (earns) {
    const caps = capsNow(context, issuer.id);
    const within = decideIssue(task.credits, caps.issuer, caps.city);
    if (!within.ok) return within;
  }

  const rkey = context.newTid();
  const decided = decision.approved ? 'approved' : 'rejected';
  const reasonCode = decision.approved ? 'verified' : 'not-verified';
  const review = context.stage(
    tx,
    'create',
    COLLECTIONS.review,
    rkey,
    reviewRecord({
      evidence: strongRef(context.did, COLLECTIONS.evidence, evidence.rkey, evidence.cid),
      cityDid: context.did,
      decision: decided,
      reasonCode,
      note,
      at: now,
    }),
  );
  tx.evidence.addReview({
    evidenceId: evidence.id,
    reviewerId: reviewer.id,
    decision: decided,
    reasonCode,
    note,
    at: now,
    rkey,
    cid: review.cid,
  });
  tx.evidence.setEvidenceState(evidence.id, decided);
  tx.tasks.setClaimState(claim.id, decision.approved ? 'verified' : 'rejected');
  if (earns) issueCredits(context, issuer, participantId, task.credits, evidence.id, review);
  return ok({
    personId: claim.personId,
    taskTitle: task.title,
    credits: earns ? task.credits : 0,
  });
}

/** Credits come into being: only here, on a review, counted against both caps. */
function issueCredits(
  context: Context,
  issuer: Partner,
  participantId: string,
  credits: number,
  evidenceId: number,
  review: StrongRef,
): void {
  const { tx, city } = context;
  const { epoch } = capsNow(context, issuer.id);
  if (tx.caps.cap(CITY_SCOPE, epoch) === undefined) {
    tx.caps.putCap(CITY_SCOPE, epoch, city.policies.cityCap);
  }
  tx.caps.addIssued(issuerScope(issuer.id), epoch, credits);
  tx.caps.addIssued(CITY_SCOPE, epoch, credits);
  const issued = transferCredits(context, {
    id: `issue:${evidenceId}`,
    kind: 'posted',
    debit: issuanceAccount(issuer.rkey),
    credit: personAccount(participantId),
    amount: credits,
    code: 'issue',
    reference: review,
  });
  if (!issued.ok) throw new Error(`issueCredits: ${issued.refusal.code}`);
}

/** The approved issuers a person reviews for. */
export const issuersOf = (context: Context, personId: number): Partner[] =>
  context.tx.partners
    .acting(personId, context.now)
    .flatMap(({ partner }) =>
      partner?.kind === 'issuer' && partner.state === 'approved' ? [partner] : [],
    );

/** How much waits for a person's review, their own evidence left out. */
export const countWaitingEvidence = (context: Context, personId: number): number =>
  issuersOf(context, personId).reduce(
    (sum, issuer) => sum + context.tx.evidence.waitingEvidenceCount(issuer.id, personId),
    0,
  );

/** What waits for a person's review, oldest first, their own evidence left out. */
export function seeWaitingEvidence(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  limit: number,
) {
  return issuersOf(context, person.id)
    .flatMap((issuer) => context.tx.evidence.waitingEvidence(issuer.id, limit))
    .filter((waiting) => waiting.participantId !== person.participantId)
    .sort((one, other) => one.evidence.id - other.evidence.id)
    .slice(0, limit)
    .map((waiting) => ({
      ...waiting,
      pictures: context.tx.evidence.evidencePictures(waiting.evidence.id),
    }));
}
