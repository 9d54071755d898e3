import { type AccountName, ADJUSTMENT } from '../../domain/ledger.ts';
import type { StrongRef } from '../../records/strong-ref.ts';
import type { Context } from '../context.ts';
import { transferCredits } from './transfer-credits.ts';

/** What a confirmation that is undone had burned. */
type Burned = {
  readonly burn: StrongRef;
  readonly amount: number;
  /** The participant id of the operator who takes it back. */
  readonly undoneBy: string;
};

/** The first half of an undoing: the credits leave the redeemer. */
export const takeFromRedeemer = (context: Context, burned: Burned, redeemer: AccountName): void =>
  adjust(context, burned, [redeemer, ADJUSTMENT]);

/** The second half: they go back to their holder. */
export const giveToHolder = (context: Context, burned: Burned, holder: AccountName): void =>
  adjust(context, burned, [ADJUSTMENT, holder]);

function adjust(
  context: Context,
  { burn, amount, undoneBy }: Burned,
  [debit, credit]: readonly [AccountName, AccountName],
): void {
  const moved = transferCredits(context, {
    // A database made anew names them so, too.
    id: `adjust:${(context.tx.ledger.head()?.position ?? 0) + 1}`,
    ...{ kind: 'posted', code: 'adjust', debit, credit, amount },
    reference: burn,
    correction: { undoneBy },
  });
  if (!moved.ok) throw new Error(`undoConfirm: ${moved.refusal.code}`);
}
