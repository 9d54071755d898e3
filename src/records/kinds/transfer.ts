import * as lexicon from '../../lexicons/org/city-sync/civic/transfer.defs.ts';
import { US_PER_MS } from '../../lib/clock.ts';
import type { StrongRef } from '../strong-ref.ts';
import { cut, datetime, participant, reference } from './fields.ts';

export type TransferFacts = {
  /** From 1, without gaps. */
  readonly position: number;
  /** The CID of the transfer before; null on the first. */
  readonly previous: string | null;
  readonly kind: 'posted' | 'pending' | 'post' | 'void';
  readonly code: 'issue' | 'hold' | 'burn' | 'release' | 'expire' | 'adjust';
  /** Account names: `issuance:<rkey>`, `person:<participant id>`, `redeemed:<rkey>`, … */
  readonly debit: string;
  readonly credit: string;
  readonly creditKind: string;
  readonly amount: number;
  /** The pending transfer that a post or void resolves. */
  readonly resolves?: StrongRef;
  /** The review for an issue, the offer for a hold, the hold for a burn after its end. */
  readonly reference?: StrongRef;
  /** When a hold ends if nothing resolves it (ms). */
  readonly expiresAt?: number;
  /** For an adjust: why, and who asked for it and agreed to it, by participant id. */
  readonly reason?: string;
  readonly askedBy?: string;
  readonly agreedBy?: string;
  /** For an adjust that undoes a confirmation: its operator, by participant id. */
  readonly undoneBy?: string;
  /** Microseconds since 1970. */
  readonly timeUs: number;
};

/** The record of one link of the ledger's chain. */
export const transfer = {
  lexicon,
  isSound: true,
  build: (transfer: TransferFacts): lexicon.Main => ({
    $type: lexicon.$nsid,
    position: whole(transfer.position),
    ...(transfer.previous === null ? {} : { previous: transfer.previous }),
    kind: transfer.kind,
    code: transfer.code,
    debit: account(transfer.debit),
    credit: account(transfer.credit),
    creditKind: transfer.creditKind,
    amount: whole(transfer.amount),
    ...(transfer.resolves === undefined ? {} : { resolves: reference(transfer.resolves) }),
    ...(transfer.reference === undefined ? {} : { reference: reference(transfer.reference) }),
    ...(transfer.expiresAt === undefined ? {} : { expiresAt: datetime(transfer.expiresAt) }),
    ...(transfer.reason === undefined ? {} : { reason: cut(transfer.reason, 300, 3000) }),
    ...(transfer.askedBy === undefined ? {} : { askedBy: participant(transfer.askedBy) }),
    ...(transfer.agreedBy === undefined ? {} : { agreedBy: participant(transfer.agreedBy) }),
    ...(transfer.undoneBy === undefined ? {} : { undoneBy: participant(transfer.undoneBy) }),
    timeUs: whole(transfer.timeUs),
    createdAt: datetime(Math.floor(transfer.timeUs / US_PER_MS)),
  }),
  summarize: ({ position, code, amount, creditKind }: lexicon.Main) =>
    `#${position} ${code} ${amount} ${creditKind}`,
} as const;

const ACCOUNT =
  /^(?:person:p-[0-9a-z]{12}|(?:issuance|redeemed):[A-Za-z0-9._:~-]{1,512}|expired|adjustment)$/;

/** Throws unless `name` is an account's: a person has one under the participant id only. */
function account(name: string): string {
  if (!ACCOUNT.test(name)) throw new Error('A transfer names an account that cannot exist.');
  return name;
}

/** Throws for a fraction, zero and less. */
function whole(value: number): number {
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error('A transfer has an amount, a place or a time that cannot be.');
  }
  return value;
}
