/** The epoch under way: its caps, and what the public record says of it. */
import { type Epoch, epochAt } from '../../domain/calendar.ts';
import { CITY_CREDITS } from '../../domain/city.ts';
import { COLLECTIONS, KINDS } from '../../records/kinds/index.ts';
import { strongRef } from '../../records/strong-ref.ts';
import { CITY_SCOPE, issuerScope } from '../../store/caps.ts';
import type { Context } from '../context.ts';
import { stageChanges } from '../stage-changes.ts';
import { nextTransferMs } from './transfer-credits.ts';

/**
 * The epoch that credits issued now count against. It is that of the transfer's own time, which
 * is later than the clock's where the clock was set back: anybody can check it from the record.
 */
const epochNow = (context: Context): Epoch =>
  epochAt(nextTransferMs(context), context.city.timeZone);

/** The city's and an issuer's cap of the epoch under way, zero where none is set. */
export function capsNow(context: Context, issuerId: number) {
  const epoch = epochNow(context).name;
  const none = { amount: 0, issued: 0 };
  const city = context.tx.caps.get(CITY_SCOPE, epoch);
  return {
    epoch,
    issuer: context.tx.caps.get(issuerScope(issuerId), epoch) ?? none,
    city: city ?? { amount: context.city.policies.cityCap, issued: 0 },
    isCityStored: city !== undefined,
  };
}

/**
 * Brings the city's cap of the epoch under way up to its policy, never below what was issued, and
 * writes the epoch down in public when that is new or changed; whether it was.
 */
export function openEpoch(context: Context): boolean {
  const { caps } = context.tx;
  const epoch = epochNow(context);
  const before = caps.get(CITY_SCOPE, epoch.name);
  const amount = Math.max(context.city.policies.cityCap, before?.issued ?? 0);
  if (before?.amount !== amount) caps.put(CITY_SCOPE, epoch.name, amount);
  return publishEpoch(context, epoch);
}

/** Writes an epoch down in public with the caps as they are stored, when it changed. */
function publishEpoch(context: Context, epoch: Epoch): boolean {
  const { tx, did, city } = context;
  const cityCap = tx.caps.get(CITY_SCOPE, epoch.name)?.amount ?? 0;
  const issuers = tx.caps.issuerCaps(epoch.name).map(({ amount, issuer }) => ({
    issuer: strongRef(did, COLLECTIONS.partner, issuer.rkey, issuer.cid),
    creditKind: CITY_CREDITS,
    amount,
  }));
  return stageChanges(context, COLLECTIONS.epoch, epoch.name, (times, before) =>
    KINDS.epoch.build({
      ...epoch,
      caps: [{ creditKind: CITY_CREDITS, amount: cityCap }, ...issuers],
      // Credits that a rejection brought stay issued, whatever the policy is afterwards.
      rejectionPolicy:
        before?.rejectionPolicy === 'credit' ? 'credit' : city.policies.rejectionPolicy,
      ...times,
    }),
  );
}
