/** Sums up what moved and what the accounts have in the end: both have to agree. */
import type { Book } from './accounts.ts';
import { type Context, keysOf, uriAt } from './context.ts';

/** Sums of transfers, to be compared with what the accounts have in the end. */
export type Totals = typeof NOTHING;

export const NOTHING = {
  issued: 0,
  burned: 0,
  expired: 0,
  /** Corrections gave so much to people, redeemers and the expired, and took so much from them. */
  adjustedIn: 0,
  adjustedOut: 0,
  /** They gave so much to redeemers, less what they took from them. */
  redeemersAdjusted: 0,
};

/** The accounts of one kind of credit have so much. */
export type Balance = typeof EMPTY;

export const EMPTY = { all: 0, people: 0, onHold: 0, redeemed: 0, expired: 0 };

/** Adds up what the accounts have, by kind of credit, and says whether the sums are exact. */
function addUp(book: Book) {
  const balances = new Map<string, Balance>();
  let isExact = true;
  for (const { name, creditKind, posted, held } of book.accounts) {
    const balance = balances.get(creditKind) ?? { ...EMPTY };
    balances.set(creditKind, balance);
    balance.all += posted;
    if (name.startsWith('redeemed:')) balance.redeemed += posted;
    if (name === 'expired') balance.expired += posted;
    if (name.startsWith('person:')) {
      balance.people += posted;
      balance.onHold += held;
    }
    isExact &&= [posted, held, balance.all, balance.people].every(Number.isSafeInteger);
  }
  return { balances, isExact };
}

/**
 * Σ debits = Σ credits, and issued + adjusted in − out = held by people + redeemed + expired,
 * exactly; redeemers have what was burned, and corrections of it. Answers what the accounts have.
 */
export function checkSums(
  context: Context,
  book: Book,
  totals: ReadonlyMap<string, Totals>,
): ReadonlyMap<string, Balance> {
  const last = uriAt(context, 'transfer', keysOf(context, 'transfer').rkeys.length - 1);
  const { balances, isExact } = addUp(book);
  if (!isExact) {
    const sentence = 'The amounts are too big to be added up exactly.';
    context.findings.add('amount-invalid', last, sentence);
    return balances;
  }
  for (const [creditKind, sum] of balances) {
    const { issued, burned, adjustedIn, adjustedOut, redeemersAdjusted } =
      totals.get(creditKind) ?? NOTHING;
    const isBalanced =
      sum.all === 0 &&
      issued + adjustedIn - adjustedOut === sum.people + sum.redeemed + sum.expired &&
      sum.redeemed === burned + redeemersAdjusted;
    if (isBalanced) continue;
    const came = `${issued} were issued, ${adjustedIn} adjusted in and ${adjustedOut} out, ${burned} burned`;
    const has = `people have ${sum.people}, redeemers ${sum.redeemed}, and ${sum.expired} expired`;
    const sentence = `Of ${creditKind}, ${came}; ${has}.`;
    context.findings.add('unbalanced', last, sentence);
  }
  return balances;
}
