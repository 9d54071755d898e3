import { type Epoch, epochNamed } from '../../domain/calendar.ts';
import { decideCityCap } from '../../domain/caps.ts';
import { CITY_CREDITS } from '../../domain/city.ts';
import { CITY_SCOPE } from '../../store/caps.ts';
import type { Context } from '../context.ts';
import { epochNow } from './see-caps.ts';

/**
 * Brings the city's cap of the epoch under way up to its policy, never below what was issued, and
 * writes the epoch down in public when that is new or changed; whether it was. Caps carry over from
 * the last epoch that had some; so they do to one that is still to come and has caps already.
 * Source: domain.md, Epochs and caps.
 */
export function openEpoch(context: Context): boolean {
  const epoch = epochNow(context);
  const isFirst = context.tx.caps.get(CITY_SCOPE, epoch.name) === undefined;
  let hasChanged = writeEpoch(context, epoch, { carries: isFirst });
  for (const name of context.tx.caps.epochsAfter(epoch.name)) {
    if (openAhead(context, epochNamed(name, context.city.timeZone))) hasChanged = true;
  }
  return hasChanged;
}

/** Writes down an epoch that is still to come, with the caps as they are now; whether it was changed. */
export const openAhead = (context: Context, epoch: Epoch): boolean =>
  writeEpoch(context, epoch, { carries: true });

function writeEpoch(
  context: Context,
  epoch: Epoch,
  { carries }: { readonly carries: boolean },
): boolean {
  const { city, records } = context;
  const { caps } = context.tx;
  const last = caps.lastBefore(epoch.name);
  capCity(context, epoch.name, last);
  if (carries && last !== undefined) carryOver(context, { from: last, to: epoch.name });
  const all = [
    { ...caps.get(CITY_SCOPE, epoch.name), issuer: undefined },
    ...caps.ofIssuers(epoch.name).map(({ cap, issuer }) => ({
      ...cap,
      issuer: records.ref('partner', issuer),
    })),
  ];
  return records.put('epoch', epoch.name, (times, written) => ({
    ...epoch,
    caps: all.map(({ amount = 0, issuer, carriedFrom, decidedAt, decidedBy }) => ({
      ...{ issuer, creditKind: CITY_CREDITS, amount },
      ...{ carriedFrom, decidedAt, by: decidedBy },
    })),
    // Credits that a rejection brought stay issued, whatever the policy is afterwards.
    rejectionPolicy:
      written?.rejectionPolicy === 'credit' ? 'credit' : city.policies.rejectionPolicy,
    ...times,
  }));
}

function capCity({ tx, city, now }: Context, epoch: string, last: string | undefined): void {
  const before = tx.caps.get(CITY_SCOPE, epoch);
  const lastCap = last === undefined ? undefined : tx.caps.get(CITY_SCOPE, last);
  const decided = decideCityCap({
    amount: Math.max(city.policies.cityCap, before?.issued ?? 0),
    ...{ now, before, last: lastCap },
  });
  if (decided !== 'as-before') tx.caps.put(CITY_SCOPE, epoch, decided.amount, decided);
}

/** What an admin decided for an epoch stays; every other issuer has what it had in the last one. */
function carryOver(
  { tx }: Context,
  { from, to }: { readonly from: string; readonly to: string },
): void {
  for (const { cap } of tx.caps.ofIssuers(from)) {
    const before = tx.caps.get(cap.scope, to);
    const isDecided = before !== undefined && before.carriedFrom === null;
    if (isDecided || (before?.amount === cap.amount && before.carriedFrom === from)) continue;
    const source = { carriedFrom: from, decidedAt: null, decidedBy: null };
    tx.caps.put(cap.scope, to, cap.amount, source);
  }
}
