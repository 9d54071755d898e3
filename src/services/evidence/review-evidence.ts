import { publicWords } from '../../domain/public-words.ts';
import {
  decideIssue,
  decideReview,
  isReasonEnough,
  NOTE_LENGTH_MAX,
  type RejectReason,
} from '../../domain/review.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { Context } from '../context.ts';
import { requireOpenBooks } from '../credits/books-open.ts';
import { issueCredits } from '../credits/issue-credits.ts';
import { seeCaps } from '../credits/see-caps.ts';
import { giveRecoveryCode } from '../people/recovery-code.ts';
import { nameInAnswer, reviewingRole } from '../roles.ts';
import { stepClaim } from '../tasks/step-claim.ts';
import { reviewedBy } from './reviewed-by.ts';

export type Decision = {
  readonly evidenceId: number;
  readonly approved: boolean;
  /** Why it is not approved; `other`, which needs words, where it is left out. */
  readonly reason?: RejectReason;
  readonly note: string;
};

export type Reviewed = {
  /** The person whose evidence it was. */
  readonly personId: number;
  readonly taskTitle: string;
  /** The person's recovery code, where these are their first credits. */
  readonly recoveryCode: string | undefined;
  /** Issued by the review. */
  readonly credits: number;
  /** The words of the decision as they became public. */
  readonly note: string;
  /** The message that brought the evidence; null where nobody knows any more. */
  readonly inboxId: number | null;
};

/**
 * A reviewer decides about evidence; the credits are issued in the same transaction. It has a
 * reason code, and a rejection for any other reason needs words. Source: domain.md, Evidence and verification.
 */
export function reviewEvidence(
  context: Context,
  reviewer: { readonly id: number; readonly participantId: string },
  decision: Decision,
): Result<
  Reviewed,
  | Refusal<'reason-missing'>
  | RefusalOf<typeof decideReview>
  | RefusalOf<typeof requireOpenBooks>
  | RefusalOf<typeof decideIssue>
> {
  const { tx, now, city, records } = context;
  const found = tx.evidence.get(decision.evidenceId);
  const may = decideReview({
    evidence: found && {
      state: found.state,
      personId: found.personId,
      partnerId: found.issuerId,
    },
    isHeld: found?.heldDecision != null,
    reviewerId: reviewer.id,
    areClose: found !== undefined && tx.accounts.areClose(found.personId, reviewer.id),
    reviewsFor: reviewedBy(context, reviewer.id).map((issuer) => issuer.id),
  });
  if (!may.ok) return refuse(may.refusal.code, { evidence: decision.evidenceId });
  if (found === undefined) throw new Error('reviewEvidence: a decision about nothing');
  nameInAnswer(context, reviewer.id, found.issuerName);
  const note = publicWords(decision.note, NOTE_LENGTH_MAX);
  const { reason = 'other' } = decision;
  if (!decision.approved && !isReasonEnough(reason, note)) {
    return refuse('reason-missing', { evidence: decision.evidenceId });
  }
  const earns = decision.approved || city.policies.rejectionPolicy === 'credit';
  if (earns) {
    const open = requireOpenBooks(context);
    if (!open.ok) return open;
    const caps = seeCaps(context, found.issuerId);
    const within = decideIssue(found.credits, caps.issuer, caps.city);
    if (!within.ok) return within;
  }

  const decided = decision.approved ? 'approved' : 'rejected';
  const reasonCode = decision.approved ? 'verified' : reason;
  const facts = { decision: decided, reasonCode, note, at: now } as const;
  const evidence = records.ref('evidence', found);
  const review = records.create('review', {
    ...facts,
    evidence,
    by: reviewer.participantId,
    role: reviewingRole(context, reviewer.id, found.issuerId),
  });
  const { rkey, cid } = review;
  tx.evidence.addReview({ ...facts, evidenceId: found.id, reviewerId: reviewer.id, rkey, cid });
  tx.evidence.setState(found.id, decided);
  const event = decision.approved ? 'approve' : 'reject';
  stepClaim(context, found.claim, event, { task: found.taskRecord });
  if (earns) issueCredits(context, found, review);
  tx.reviews.count(found.taskId, decision.approved);
  return ok({
    personId: found.personId,
    taskTitle: found.taskTitle,
    credits: earns ? found.credits : 0,
    recoveryCode: earns ? giveRecoveryCode(context, found.personId) : undefined,
    inboxId: found.inboxId,
    note,
  });
}
