import { issuanceAccount, personAccount } from '../../domain/ledger.ts';
import { publicWords } from '../../domain/public-words.ts';
import { decideIssue, decideReview, NOTE_LENGTH_MAX } from '../../domain/review.ts';
import { ok, type Refusal, type Result, refuse } from '../../lib/result.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import { type StrongRef, strongRef } from '../../records/strong-ref.ts';
import { CITY_SCOPE, issuerScope } from '../../store/caps.ts';
import type { Partner } from '../../store/partners.ts';
import type { Context } from '../context.ts';
import { capsNow, openEpoch } from '../credits/epoch.ts';
import { transferCredits } from '../credits/transfer-credits.ts';
import { recordWork } from '../tasks/record-work.ts';

export type Decision = {
  readonly evidenceId: number;
  readonly approved: boolean;
  readonly note: string;
};

/**
 * A reviewer decides about evidence; the credits are issued in the same transaction. Refusals:
 * those of `decideReview` and `decideIssue`, and `reason-missing` for a rejection without words.
 */
export function reviewEvidence(
  context: Context,
  reviewer: { readonly id: number; readonly participantId: string },
  decision: Decision,
): Result<
  {
    readonly personId: number;
    readonly taskTitle: string;
    readonly credits: number;
    /** The message that brought the evidence; null where nobody knows any more. */
    readonly inboxId: number | null;
  },
  Refusal
> {
  const { tx, now, city } = context;
  const found = tx.evidence.get(decision.evidenceId);
  const may = decideReview({
    evidence: found && {
      state: found.state,
      personId: found.personId,
      partnerId: found.issuerId,
    },
    reviewerId: reviewer.id,
    reviewsFor: issuersOf(context, reviewer.id).map((issuer) => issuer.id),
  });
  if (!may.ok) return refuse(may.refusal.code, { evidence: decision.evidenceId });
  if (found === undefined) throw new Error('reviewEvidence: a decision about nothing');
  const note = publicWords(decision.note, NOTE_LENGTH_MAX);
  if (!decision.approved && note === '') {
    return refuse('reason-missing', { evidence: decision.evidenceId });
  }
  const earns = decision.approved || city.policies.rejectionPolicy === 'credit';
  const caps = capsNow(context, found.issuerId);
  if (earns) {
    const within = decideIssue(found.credits, caps.issuer, caps.city);
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
    KINDS.review.build({
      evidence: strongRef(context.did, COLLECTIONS.evidence, found.rkey, found.cid),
      cityDid: context.did,
      decision: decided,
      reasonCode,
      note,
      at: now,
    }),
  );
  tx.evidence.addReview({
    evidenceId: found.id,
    reviewerId: reviewer.id,
    decision: decided,
    reasonCode,
    note,
    at: now,
    rkey,
    cid: review.cid,
  });
  tx.evidence.setState(found.id, decided);
  tx.tasks.setClaimState(found.claimId, decision.approved ? 'verified' : 'rejected');
  if (earns) issueCredits(context, found, review);
  if (decision.approved) countVerified(context, found.taskId, found.participantId);
  return ok({
    personId: found.personId,
    taskTitle: found.taskTitle,
    credits: earns ? found.credits : 0,
    inboxId: found.inboxId,
  });
}

/** The first approval of a task's work is recorded at once; the others are added every minute. */
function countVerified(context: Context, taskId: number, participantId: string): void {
  const isFirst = context.tx.tasks.addVerified(taskId) === 1;
  if (isFirst) recordWork(context, taskId, { participantId, at: context.now });
}

/**
 * Credits come into being: only here, on a review. They count against both caps, and the database
 * refuses what is above one of them.
 */
export function issueCredits(
  context: Context,
  evidence: {
    readonly id: number;
    readonly issuerId: number;
    readonly issuerRkey: string;
    readonly participantId: string;
    readonly credits: number;
  },
  review: StrongRef,
): void {
  const { tx } = context;
  const { epoch, isCityStored } = capsNow(context, evidence.issuerId);
  if (!isCityStored) openEpoch(context);
  tx.caps.addIssued(issuerScope(evidence.issuerId), epoch, evidence.credits);
  tx.caps.addIssued(CITY_SCOPE, epoch, evidence.credits);
  const issued = transferCredits(context, {
    id: `issue:${evidence.id}`,
    kind: 'posted',
    debit: issuanceAccount(evidence.issuerRkey),
    credit: personAccount(evidence.participantId),
    amount: evidence.credits,
    code: 'issue',
    reference: review,
  });
  if (!issued.ok) throw new Error(`issueCredits: ${issued.refusal.code}`);
}

/** The approved issuers a person reviews for. */
export const issuersOf = (context: Context, personId: number): Partner[] =>
  context
    .acting(personId)
    .flatMap(({ partner }) =>
      partner?.kind === 'issuer' && partner.state === 'approved' ? [partner] : [],
    );

/** How much waits for a person's review, their own evidence left out. */
export const countWaitingEvidence = (context: Context, personId: number): number =>
  issuersOf(context, personId).reduce(
    (sum, issuer) => sum + context.tx.evidence.waitingCount(issuer.id, personId),
    0,
  );

/** What waits for a person's review, oldest first, their own evidence left out. */
export function seeWaitingEvidence(
  context: Context,
  person: { readonly id: number; readonly participantId: string },
  limit: number,
) {
  return issuersOf(context, person.id)
    .flatMap((issuer) => context.tx.evidence.waiting(issuer.id, limit))
    .filter((waiting) => waiting.participantId !== person.participantId)
    .sort((one, other) => one.evidence.id - other.evidence.id)
    .slice(0, limit)
    .map((waiting) => ({
      ...waiting,
      pictures: context.tx.evidence.pictures(waiting.evidence.id),
    }));
}
