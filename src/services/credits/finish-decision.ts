/**
 * The records of one decision are published a few at a time. Where a city lost its disk in between,
 * a database made from the repository knows the beginning of its last decision only. Everywhere
 * else there is nothing to finish, and finding that out costs a few look-ups at the start.
 */
import { decideIssue } from '../../domain/review.ts';
import { COLLECTIONS } from '../../records/kinds/index.ts';
import { strongRef } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';
import { issueCredits } from '../evidence/review-evidence.ts';
import { recordRedemption } from './confirm-code.ts';
import { capsNow } from './epoch.ts';
import { transferRef } from './transfer-credits.ts';

/**
 * Does what the last decision left undone: the credits of an approval, the record of a redemption.
 * An approval above the caps of today stays without credits.
 */
export function finishDecision(context: Context): void {
  finishReview(context);
  finishBurn(context);
}

function finishReview(context: Context): void {
  const { tx } = context;
  const review = tx.evidence.newestReview();
  if (review?.decision !== 'approved') return;
  if (tx.ledger.transfer(`issue:${review.evidenceId}`) !== undefined) return;
  const evidence = tx.evidence.get(review.evidenceId);
  if (evidence === undefined) throw new Error('finishReview: a review of nothing');
  const { issuer, city } = capsNow(context, evidence.issuerId);
  if (!decideIssue(evidence.credits, issuer, city).ok) return;
  const ref = strongRef(context.did, COLLECTIONS.review, review.rkey, review.cid);
  issueCredits(context, evidence, ref);
}

function finishBurn(context: Context): void {
  const { tx } = context;
  const last = tx.ledger.transferAt(tx.ledger.head()?.position ?? 0);
  const [, number] = /^burn:(\d+)$/.exec(last?.id ?? '') ?? [];
  if (last === undefined || number === undefined) return;
  const burn = transferRef(context, last);
  const rkey = tx.records.newestKey(COLLECTIONS.redemption);
  const newest = rkey === undefined ? undefined : tx.records.get(COLLECTIONS.redemption, rkey);
  if (newest?.value.includes(burn.uri)) return;
  const found = tx.offers.redemption(Number(number));
  if (found === undefined) throw new Error('finishBurn: a burn of nothing');
  const { offer, redeemer, redemption } = found;
  recordRedemption(context, offer, redeemer, burn, redemption.resolvedAt ?? context.now);
}
