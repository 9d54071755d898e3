import { CITY_CREDITS } from '../../domain/city.ts';
import {
  type AccountName,
  decideTransfer,
  nextTransferTime,
  type TransferCode,
  type TransferKind,
  transferKey,
} from '../../domain/ledger.ts';
import { US_PER_MS } from '../../lib/clock.ts';
import { ok, type Refusal, type RefusalOf, type Result, refuse } from '../../lib/result.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { AccountRow, TransferRow } from '../../store/ledger.ts';
import type { Context } from '../context.ts';
import { requireOpenBooks } from './books-open.ts';

type Correction =
  | { readonly reason: string; readonly askedBy: string; readonly agreedBy: string }
  | { readonly undoneBy: string };

export type TransferRequest = {
  /** The idempotency key: the same id with the same fields gives the first transfer again. */
  readonly id: string;
  readonly kind: TransferKind;
  readonly debit: AccountName;
  readonly credit: AccountName;
  readonly amount: number;
  readonly code: TransferCode;
  /** The record that this transfer rests on. */
  readonly reference: StrongRef | null;
  /** For a post or void: the id of the pending transfer. */
  readonly resolves?: string;
  /**
   * For an adjust: why, and the admins, by participant id, who asked for it and agreed to it; or who
   * took a confirmation back.
   */
  readonly correction?: Correction;
  /** For a hold: how long it lasts (ms). */
  readonly lifeMs?: number;
};

/** An account that is used for the first time. */
const openAccount = ({ tx }: Context, account: AccountName): AccountRow =>
  tx.ledger.addAccount({ ...account, creditKind: CITY_CREDITS });

/** The time (ms) of the next transfer: now, or that of the last one where the clock went back. */
export const nextTransferMs = ({ tx, now }: Context): number =>
  Math.floor(nextTransferTime(tx.ledger.head()?.timeUs, now) / US_PER_MS);

/** The public record of a transfer. */
export const transferRef = (
  { records }: Context,
  { timeUs, cid }: Pick<TransferRow, 'timeUs' | 'cid'>,
): StrongRef => records.ref('transfer', { rkey: transferKey(timeUs), cid });

/**
 * Adds one transfer to the chain and writes its public record. `transfer-differs`: the id was used
 * for something else; `books-checking`: nothing moves while the books do not agree. Source: architecture.md, The ledger.
 */
export function transferCredits(
  context: Context,
  request: TransferRequest,
): Result<
  TransferRow,
  | Refusal<'transfer-differs'>
  | RefusalOf<typeof requireOpenBooks>
  | RefusalOf<typeof decideTransfer>
> {
  const { tx } = context;
  const { id, kind, amount, code } = request;
  const around = tx.ledger.around({
    debit: request.debit.name,
    credit: request.credit.name,
    creditKind: CITY_CREDITS,
    id,
    resolves: request.resolves ?? null,
  });
  const debit = around.debit ?? openAccount(context, request.debit);
  const credit = around.credit ?? openAccount(context, request.credit);
  const asked = {
    id,
    kind,
    debitAccountId: debit.id,
    creditAccountId: credit.id,
    amount,
    resolves: request.resolves ?? null,
    code,
    reference: request.reference?.uri ?? null,
  };
  const { same: before, pending } = around;
  if (before !== null) {
    const isSame = JSON.stringify({ ...before, ...asked }) === JSON.stringify(before);
    return isSame ? ok(before) : refuse('transfer-differs');
  }
  const open = requireOpenBooks(context);
  if (!open.ok) return open;
  const resolved = around.resolution !== null;
  const decision = decideTransfer({ kind, amount, debit, pending, resolved });
  if (!decision.ok) return decision;

  const head = tx.ledger.head();
  const timeUs = nextTransferTime(head?.timeUs, context.now);
  const position = (head?.position ?? 0) + 1;
  const previousCid = head?.cid ?? null;
  const { cid } = context.records.create(
    'transfer',
    {
      position,
      previous: previousCid,
      kind,
      code,
      debit: debit.name,
      credit: credit.name,
      creditKind: CITY_CREDITS,
      amount,
      ...(pending === null ? {} : { resolves: transferRef(context, pending) }),
      ...(request.reference === null ? {} : { reference: request.reference }),
      ...(request.correction ?? {}),
      ...(request.lifeMs === undefined
        ? {}
        : { expiresAt: Math.floor(timeUs / US_PER_MS) + request.lifeMs }),
      timeUs,
    },
    transferKey(timeUs),
  );
  const row: TransferRow = { ...asked, position, timeUs, cid, previousCid };
  tx.ledger.append(row);
  return ok(row);
}
