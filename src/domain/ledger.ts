/** The rules of the ledger: double entry in whole credits, holds, no account of a person below zero. */
import { US_PER_MS } from '../lib/clock.ts';
import { publishableTime, tidOf } from '../lib/ids.ts';
import { ok, type Refusal, type Result, refuse } from '../lib/result.ts';

type AccountKind = 'issuance' | 'person' | 'redeemed' | 'expired' | 'adjustment';

/** An account by its public name, in which a partner is a record key and a person a participant id. */
export type AccountName = { readonly kind: AccountKind; readonly name: string };

const accountOf = (kind: AccountKind, owner: string): AccountName => ({
  kind,
  name: `${kind}:${owner}`,
});
export const issuanceAccount = (rkey: string): AccountName => accountOf('issuance', rkey);
export const personAccount = (id: string): AccountName => accountOf('person', id);
/** Corrections come from here, and go here. */
export const ADJUSTMENT: AccountName = { kind: 'adjustment', name: 'adjustment' };
export const redeemedAccount = (rkey: string): AccountName => accountOf('redeemed', rkey);

/** The sums of an account's transfers, in credits. */
export type Balances = {
  readonly debitsPosted: number;
  readonly debitsPending: number;
  readonly creditsPosted: number;
  readonly creditsPending: number;
};

export type TransferKind = 'posted' | 'pending' | 'post' | 'void';
export type TransferCode = 'issue' | 'hold' | 'burn' | 'release' | 'expire' | 'adjust';

/** One transfer moves no more; this is far above any cap, far below the largest safe integer. */
const TRANSFER_CREDITS_MAX = 1_000_000_000;

/** The credits that a person's account can spend: posted ones less debits and holds. */
export const available = (account: Balances): number =>
  account.creditsPosted - account.debitsPosted - account.debitsPending;

/** The credits that a person's account has set aside against codes. */
export const held = (account: Balances): number => account.debitsPending;

type Side = Balances & { readonly kind: AccountKind };
type Pending = { readonly kind: TransferKind; readonly amount: number };

/** May this transfer be added? A pending transfer is resolved once, in full. */
export function decideTransfer(request: {
  readonly kind: TransferKind;
  readonly amount: number;
  readonly debit: Side;
  /** The pending transfer that it resolves; null for none. */
  readonly pending: Pending | null;
  readonly resolved: boolean;
}): Result<true, Refusal<'amount-invalid' | 'not-pending' | 'resolved-already' | 'balance-short'>> {
  const { kind, amount, debit, pending, resolved } = request;
  if (!Number.isSafeInteger(amount) || amount <= 0 || amount > TRANSFER_CREDITS_MAX) {
    return refuse('amount-invalid');
  }
  if (kind === 'post' || kind === 'void') {
    if (pending?.kind !== 'pending' || pending.amount !== amount) return refuse('not-pending');
    if (resolved) return refuse('resolved-already');
    return ok(true);
  }
  if (debit.kind === 'person' && available(debit) < amount) {
    return refuse('balance-short', { available: available(debit), credits: amount });
  }
  return ok(true);
}

const TRANSFER_CLOCK_ID = 0;

/** The time of a new link (µs): now, or as soon as can be after the link before it. */
export const nextTransferTime = (lastUs: number | undefined, nowMs: number): number =>
  publishableTime(Math.max((lastUs ?? 0) + 1, nowMs * US_PER_MS), TRANSFER_CLOCK_ID);

/** The record key of the transfer at a time (µs): there is one transfer at a time. */
export const transferKey = (timeUs: number): string => tidOf(timeUs, TRANSFER_CLOCK_ID);
