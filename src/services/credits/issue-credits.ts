import { issuanceAccount, personAccount } from '../../domain/ledger.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';
import { openEpoch } from './open-epoch.ts';
import { seeCaps } from './see-caps.ts';
import { transferCredits } from './transfer-credits.ts';

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
  const { epoch, isCityStored } = seeCaps(context, evidence.issuerId);
  if (!isCityStored) openEpoch(context);
  tx.caps.addIssued(evidence.issuerId, epoch, evidence.credits);
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
