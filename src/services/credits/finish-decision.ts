/**
 * The records of one decision are published a few at a time. Where a city lost its disk in between,
 * a database made from the repository knows the beginning of its last decision only. Everywhere
 * else there is nothing to finish, and finding that out costs a few look-ups at the start.
 */
import { type AccountName, ADJUSTMENT, transferKey } from '../../domain/ledger.ts';
import { decideIssue } from '../../domain/review.ts';
import { US_PER_MS } from '../../lib/clock.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Review } from '../../store/evidence.ts';
import type { Context } from '../context.ts';
import { participantOf } from '../partners/change-standing.ts';
import { requireOpenBooks } from './books-open.ts';
import { issueCredits } from './issue-credits.ts';
import { giveToHolder } from './move-back.ts';
import { recordRedemption } from './record-redemption.ts';
import { seeCaps } from './see-caps.ts';
import { transferRef } from './transfer-credits.ts';

/**
 * Does what the last decision left undone: the credits of an approval, the record of a redemption, and
 * credits that go back to their holder.
 * An approval above the caps of today stays without credits.
 */
export function finishDecision(context: Context): void {
  if (requireOpenBooks(context).ok) {
    finishReview(context);
    finishUndo(context);
  }
  finishBurn(context);
}

function finishReview(context: Context): void {
  const { tx } = context;
  const review = tx.evidence.newestReview();
  if (review?.decision !== 'approved') return;
  if (tx.ledger.transfer(`issue:${review.evidenceId}`) !== undefined) return;
  const evidence = tx.evidence.get(review.evidenceId);
  if (evidence === undefined) throw new Error('finishReview: a review of nothing');
  const { issuer, city } = seeCaps(context, evidence.issuerId);
  if (!decideIssue(evidence.credits, issuer, city).ok) return;
  issueCredits(context, evidence, reviewRef(context, review));
}

/** Before reviews had a record of their own they were evaluations. */
const reviewRef = ({ records }: Context, review: Review): StrongRef =>
  records.ref(records.get('review', review.rkey) === undefined ? 'evaluation' : 'review', review);

function finishBurn(context: Context): void {
  const { tx, records } = context;
  const last = tx.ledger.transferAt(tx.ledger.head()?.position ?? 0);
  const [, number] = /^(?:late-)?burn:(\d+)$/.exec(last?.id ?? '') ?? [];
  if (last === undefined || number === undefined) return;
  const burn = transferRef(context, last);
  if (records.newest('redemption')?.burn.uri === burn.uri) return;
  const found = tx.redemptions.get(Number(number));
  if (found === undefined) throw new Error('finishBurn: a burn of nothing');
  const { offer, redeemer, redemption } = found;
  const honoredAt = redemption.resolvedAt ?? context.now;
  const isLate = Math.floor(last.timeUs / US_PER_MS) >= publicEnd(context, redemption.holdId);
  const by = participantOf(context, redemption.honoredBy);
  recordRedemption(context, { offer, redeemer, burn, honoredAt, isLate, by });
}

/** The credits of a confirmation that was undone left the redeemer, and did not reach their holder. */
function finishUndo(context: Context): void {
  const { tx, records } = context;
  const last = tx.ledger.transferAt(tx.ledger.head()?.position ?? 0);
  const record = last && records.get('transfer', transferKey(last.timeUs));
  const { undoneBy, reference: burn, credit, amount = 0 } = record ?? {};
  if (undoneBy === undefined || burn === undefined || credit !== ADJUSTMENT.name) return;
  const burned = records.get('transfer', burn.uri.slice(burn.uri.lastIndexOf('/') + 1));
  if (burned === undefined) throw new Error('finishUndo: a burn that is not there');
  const holder: AccountName = { kind: 'person', name: burned.debit };
  giveToHolder(context, { burn: burn as StrongRef, amount, undoneBy }, holder);
}

/** When a hold ended (ms), as its record tells it; never where it does not. */
function publicEnd({ tx, records }: Context, holdId: string): number {
  const hold = tx.ledger.transfer(holdId);
  const record = hold && records.get('transfer', transferKey(hold.timeUs));
  return record?.expiresAt === undefined ? Number.POSITIVE_INFINITY : Date.parse(record.expiresAt);
}
