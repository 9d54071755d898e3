/** Counts and sums for the report: records by kind, credits by kind, and what each partner did. */
import { keysOfKind } from './keys.ts';
import { KINDS, type Kind, nsidOf } from './kinds.ts';
import type { CreditTotals, EpochTotals, Report } from './report.ts';
import { NOWHERE, type Repository, uriOf } from './repository.ts';
import { capKey, type Epoch, type Partner } from './rules/city.ts';
import type { Context } from './rules/context.ts';
import type { Issues } from './rules/issues.ts';
import type { Ledger } from './rules/ledger.ts';
import { EMPTY } from './rules/sums.ts';

export function countRecords(repository: Repository): Pick<Report, 'records' | 'otherRecords'> {
  const records: Partial<Record<Kind, number>> = {};
  const otherRecords: Record<string, number> = {};
  const isKnown = new Set(KINDS.map(nsidOf));
  for (const kind of KINDS) {
    const { rkeys } = keysOfKind(repository, kind);
    if (rkeys.length > 0) records[kind] = rkeys.length;
  }
  for (const [collection, { rkeys }] of repository.collections) {
    if (!isKnown.has(collection)) otherRecords[collection] = rkeys.length;
  }
  return { records, otherRecords };
}

/** The totals are what the accounts have; `issued` and the corrections are sums of transfers. */
export const totalsOf = ({ balances, totals }: Ledger): CreditTotals[] =>
  [...totals].map(([creditKind, { issued, adjustedIn, adjustedOut }]) => {
    const { people, onHold, redeemed, expired } = balances.get(creditKind) ?? EMPTY;
    return {
      creditKind,
      issued,
      held: people,
      onHold,
      redeemed,
      expired,
      adjusted: adjustedIn - adjustedOut,
      adjustedIn,
      adjustedOut,
    };
  });

type Parts = {
  readonly partners: ReadonlyMap<number, Partner>;
  readonly epochs: readonly Epoch[];
  readonly issues: Issues;
  readonly ledger: Ledger;
  readonly honored: ReadonlyMap<number, number>;
};

export function partnersOf(
  context: Context,
  { partners, epochs, issues, ledger, honored }: Parts,
): Pick<Report, 'issuers' | 'redeemers' | 'epochs'> {
  const { did } = context.repository;
  const issued = issues.issued();
  const epochsOf = (issuer: number): EpochTotals[] =>
    issued
      .filter((sum) => sum.issuer === issuer)
      .map(({ epoch, creditKind, amount }) => ({
        epoch: epochs[epoch]?.name ?? '',
        creditKind,
        issued: amount,
        cap: epochs[epoch]?.caps.get(capKey(creditKind, issuer)) ?? 0,
      }));
  const listed = [...partners].map(([at, { name, kind, rkey }]) => ({
    ...{ at, kind },
    partner: { uri: uriOf(did, nsidOf('partner'), rkey), name },
  }));
  return {
    issuers: listed
      .filter(({ kind }) => kind === 'issuer')
      .map(({ at, partner }) => ({ ...partner, epochs: epochsOf(at) })),
    redeemers: listed
      .filter(({ kind }) => kind === 'redeemer')
      .map(({ at, partner }) => ({
        ...partner,
        burned: [...ledger.totals.keys()].flatMap((creditKind) => {
          const amount = ledger.burned.get(`${at} ${creditKind}`);
          return amount === undefined ? [] : [{ creditKind, amount }];
        }),
        redemptions: honored.get(at) ?? 0,
      })),
    epochs: epochsOf(NOWHERE),
  };
}
