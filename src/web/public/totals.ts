/** Where the city's credits are, for a page that anybody may ask for at any time. */
import { CITY_CREDITS } from '../../domain/city.ts';
import type { AccountName } from '../../domain/ledger.ts';
import { MINUTE_MS } from '../../lib/clock.ts';
import type { Reads } from '../../store/store.ts';
import type { HomeTotals } from './home.ts';

/** So often all accounts are added up again: in between, what moved is added to what they had. */
const RECOUNT_MS = MINUTE_MS;

type Kind = AccountName['kind'];
/** What came into the accounts of each kind, less what went out. */
type Sums = ReadonlyMap<Kind, number>;
type Kept = { readonly countedAt: number; readonly position: number; readonly sums: Sums };

/** A city has as many accounts as people, and reading them all takes longer than a page may. */
export function createTotals(
  ledger: Pick<Reads['ledger'], 'head' | 'totals' | 'movedAfter'>,
  now: () => number,
): () => HomeTotals {
  let kept: Kept | undefined;
  return () => {
    const at = now();
    const position = ledger.head()?.position ?? 0;
    const age = kept === undefined ? Number.NaN : at - kept.countedAt;
    // A clock that was put back counts for nothing, and neither does a chain that is shorter.
    const isFresh = age >= 0 && age < RECOUNT_MS;
    if (kept === undefined || !isFresh || position < kept.position) {
      kept = { countedAt: at, position, sums: countAll(ledger) };
    } else if (position > kept.position) {
      kept = { ...kept, position, sums: carryOn(ledger, kept) };
    }
    return totalsIn(kept.sums);
  };
}

const countAll = ({ totals }: Pick<Reads['ledger'], 'totals'>): Sums =>
  new Map(
    totals(CITY_CREDITS).map(({ kind, creditsPosted, debitsPosted }) => [
      kind,
      creditsPosted - debitsPosted,
    ]),
  );

function carryOn(
  { movedAfter }: Pick<Reads['ledger'], 'movedAfter'>,
  { sums, position }: Kept,
): Sums {
  const next = new Map(sums);
  const add = (kind: Kind, amount: number) => next.set(kind, (next.get(kind) ?? 0) + amount);
  for (const { from, to, amount } of movedAfter(position, CITY_CREDITS)) {
    add(from, -amount);
    add(to, amount);
  }
  return next;
}

/** issued = held + redeemed + expired + adjusted, from the balances of the accounts. */
const totalsIn = (sums: Sums): HomeTotals => ({
  issued: 0 - (sums.get('issuance') ?? 0),
  held: sums.get('person') ?? 0,
  redeemed: sums.get('redeemed') ?? 0,
  expired: sums.get('expired') ?? 0,
  adjusted: sums.get('adjustment') ?? 0,
});
