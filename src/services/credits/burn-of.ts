import type { TransferRow } from '../../store/ledger.ts';
import type { Redemption } from '../../store/redemptions.ts';
import type { Context } from '../context.ts';

/** The transfer that burned the credits of a redemption that was honored. */
export function burnOf({ tx }: Context, { id }: Pick<Redemption, 'id'>): TransferRow {
  const burn = tx.ledger.transfer(`burn:${id}`) ?? tx.ledger.transfer(`late-burn:${id}`);
  if (burn === undefined) throw new Error('burnOf: it was not honored');
  return burn;
}
