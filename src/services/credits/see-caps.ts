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
export function seeCaps(context: Context, issuerId: number) {
  const { caps } = context.tx;
  const epoch = epochNow(context).name;
  const { city, issuer } = caps.both(issuerId, epoch);
  return {
    epoch,
    issuer: issuer ?? { amount: 0, issued: 0 },
    city: city ?? { amount: context.city.policies.cityCap, issued: 0 },
    isCityStored: city !== undefined,
  };
}
