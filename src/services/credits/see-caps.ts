import { type Epoch, epochAt } from '../../domain/calendar.ts';
import type { Context } from '../context.ts';
import { nextTransferMs } from './transfer-credits.ts';

/**
 * The epoch that credits issued now count against. It is that of the transfer's own time, which
 * is later than the clock's where the clock was set back: anybody can check it from the record.
 */
export const epochNow = (context: Context): Epoch =>
  epochAt(nextTransferMs(context), context.city.timeZone);

/** The city's and an issuer's cap of the epoch under way, zero where none is set. */
export const seeCaps = (context: Context, issuerId: number) =>
  seeCapsOf(context, issuerId, epochNow(context).name);

/**
 * The same of any epoch from the one under way on. Where nobody has written it down yet, caps are
 * those of the last one.
 */
export function seeCapsOf({ tx, city: { policies } }: Context, issuerId: number, epoch: string) {
  const { city, issuer } = tx.caps.both(issuerId, epoch);
  const isCityStored = city !== undefined;
  const last = isCityStored ? undefined : tx.caps.lastBefore(epoch);
  const carried = last === undefined ? undefined : tx.caps.both(issuerId, last).issuer;
  return {
    epoch,
    issuer: issuer ?? { amount: carried?.amount ?? 0, issued: 0 },
    city: city ?? { amount: policies.cityCap, issued: 0 },
    isCityStored,
  };
}
