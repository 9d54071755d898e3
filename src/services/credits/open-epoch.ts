import { CITY_CREDITS } from '../../domain/city.ts';
import { CITY_SCOPE } from '../../store/caps.ts';
import type { Context } from '../context.ts';
import { epochNow } from './see-caps.ts';

/**
 * Brings the city's cap of the epoch under way up to its policy, never below what was issued, and
 * writes the epoch down in public when that is new or changed; whether it was.
 */
export function openEpoch(context: Context): boolean {
  const { city, records } = context;
  const { caps } = context.tx;
  const epoch = epochNow(context);
  const before = caps.get(CITY_SCOPE, epoch.name);
  const cityCap = Math.max(city.policies.cityCap, before?.issued ?? 0);
  if (before?.amount !== cityCap) caps.put(CITY_SCOPE, epoch.name, cityCap);
  const issuers = caps.ofIssuers(epoch.name).map(({ amount, issuer }) => ({
    issuer: records.ref('partner', issuer),
    creditKind: CITY_CREDITS,
    amount,
  }));
  return records.put('epoch', epoch.name, (times, written) => ({
    ...epoch,
    caps: [{ creditKind: CITY_CREDITS, amount: cityCap }, ...issuers],
    // Credits that a rejection brought stay issued, whatever the policy is afterwards.
    rejectionPolicy:
      written?.rejectionPolicy === 'credit' ? 'credit' : city.policies.rejectionPolicy,
    ...times,
  }));
}
