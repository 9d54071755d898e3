/** Replays the transfers one after another, with an arithmetic of its own. */
import type { Ref } from '../inspect.ts';
import { nsidOf, type Values } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { type Account, type Book, createBook, parseAccount } from './accounts.ts';
import { createChain } from './chain.ts';
import type { Partner } from './city.ts';
import {
  type Context,
  follow,
  isParticipant,
  keysOf,
  type Looked,
  lookAt,
  uriAt,
} from './context.ts';

type Transfer = Looked<'transfer'>;

/** What the rules about issues and redemptions need of each transfer, by its place. */
export type Ledger = {
  readonly book: Book;
  /** The place of the offer that a burn was held for; `NOWHERE` for any other transfer. */
  readonly burnOffer: readonly number[];
  /** The redeemer's place for a burn. */
  readonly burnRedeemer: readonly number[];
  readonly isBurn: readonly boolean[];
  readonly amount: readonly number[];
  /** What was issued, by the place of the transfer. */
  readonly totals: ReadonlyMap<string, Totals>;
  readonly burned: ReadonlyMap<string, number>;
};

export type Totals = {
  issued: number;
  redeemed: number;
  expired: number;
  /** What corrections added to what people and redeemers have; negative when they took away. */
  adjusted: number;
};

export type Issue = {
  readonly transfer: Transfer;
  readonly issuer: number;
  readonly participant: string;
};

/** What goes with what: kind, code, the accounts that are debited and credited, the references. */
const SHAPES = {
  issue: { kinds: ['posted'], debit: ['issuance'], credit: ['person'] },
  hold: { kinds: ['pending'], debit: ['person'], credit: ['redeemed'] },
  burn: { kinds: ['post'], debit: ['person'], credit: ['redeemed'] },
  release: { kinds: ['void'], debit: ['person'], credit: ['redeemed'] },
  expire: { kinds: ['posted', 'void'], debit: ['person'], credit: ['expired', 'redeemed'] },
  adjust: { kinds: ['posted'], debit: undefined, credit: undefined },
} as const;

type Code = keyof typeof SHAPES;

const OPEN = 1;
const RESOLVED = 2;

/** Replays all transfers; `issued` is told of each issue that is one by its form. */
export function replay(
  context: Context,
  partners: ReadonlyMap<number, Partner>,
  offers: { readonly redeemer: readonly number[]; check: (at: number, hold: Transfer) => void },
  issued: (issue: Issue) => void,
): Ledger {
  const count = keysOf(context, 'transfer').rkeys.length;
  const book = createBook();
  const link = createChain(context);
  const state = new Uint8Array(count);
  const debits = new Int32Array(count).fill(NOWHERE);
  const credits = new Int32Array(count).fill(NOWHERE);
  const amount = new Array<number>(count).fill(0);
  const heldFor = new Array<number>(count).fill(NOWHERE);
  const burnOffer = new Array<number>(count).fill(NOWHERE);
  const burnRedeemer = new Array<number>(count).fill(NOWHERE);
  const isBurn = new Array<boolean>(count).fill(false);
  const totals = new Map<string, Totals>();
  const burned = new Map<string, number>();

  const partnerOf = (account: Account, transfer: Transfer): number => {
    const kind = account.kind === 'issuance' ? 'issuer' : 'redeemer';
    const at = context.repository.find(nsidOf('partner'), account.holder);
    if (partners.get(at)?.kind === kind) return at;
    transfer.fail(
      'account-invalid',
      `${account.holder} is not the key of ${kind === 'issuer' ? 'an issuer' : 'a redeemer'}.`,
    );
    return NOWHERE;
  };

  /** The accounts of a transfer, when they are accounts of the ledger. */
  const accountsOf = (transfer: Transfer) => {
    const { debit, credit } = transfer.value;
    const [from, to] = [parseAccount(debit), parseAccount(credit)];
    if (from === undefined || to === undefined || debit === credit) {
      transfer.fail('account-invalid', 'It is not between two accounts of the ledger.');
      return undefined;
    }
    for (const account of [from, to]) {
      if (account.kind === 'person' && !isParticipant(account.holder)) {
        const sentence = 'An account names a person by something else than a participant id.';
        transfer.fail('participant-invalid', sentence);
      }
    }
    return { from, to };
  };

  const resolve = (transfer: Transfer, debit: number, credit: number): number => {
    const { value, at, uri, fail } = transfer;
    const ref = value.resolves as Ref;
    const time = Date.parse(value.createdAt);
    const pending = follow(context, ref, 'transfer', uri, time);
    if (pending === NOWHERE) return NOWHERE;
    if (pending >= at || state[pending] === 0) {
      fail('resolve-unknown', `It resolves ${ref.uri}, which is no earlier pending transfer.`);
      return NOWHERE;
    }
    if (state[pending] === RESOLVED) {
      fail('resolve-twice', `It resolves ${ref.uri}, which was resolved before.`);
      return NOWHERE;
    }
    state[pending] = RESOLVED;
    const isSame =
      debits[pending] === debit && credits[pending] === credit && amount[pending] === value.amount;
    if (!isSame) fail('resolve-differs', `It resolves ${ref.uri}, which is of other credits.`);
    book.hold(debits[pending] as number, -(amount[pending] as number));
    return pending;
  };

  const totalsOf = (creditKind: string): Totals => {
    const known = totals.get(creditKind);
    if (known !== undefined) return known;
    const fresh = { issued: 0, redeemed: 0, expired: 0, adjusted: 0 };
    totals.set(creditKind, fresh);
    return fresh;
  };

  lookAt(context, 'transfer', (transfer) => {
    link(transfer);
    const { value, at, fail } = transfer;
    const accounts = accountsOf(transfer);
    if (accounts === undefined) return;
    const wrong = shapeFault(value, accounts.from, accounts.to);
    if (wrong !== undefined) {
      fail('transfer-kind', wrong);
      return;
    }
    const debit = book.open(value.debit, value.creditKind);
    const credit = book.open(value.credit, value.creditKind);
    debits[at] = debit;
    credits[at] = credit;
    amount[at] = value.amount;
    const { kind, code } = value;
    const total = totalsOf(value.creditKind);

    if (kind === 'pending') {
      state[at] = OPEN;
      book.hold(debit, value.amount);
    } else if (kind !== 'posted') {
      const pending = resolve(transfer, debit, credit);
      if (code === 'burn' && pending !== NOWHERE) burnOffer[at] = heldFor[pending] as number;
    }
    if (kind === 'posted' || kind === 'post') book.move(debit, credit, value.amount);
    if (accounts.from.kind === 'person' && book.available(debit) < 0) {
      fail('overdraft', `It takes ${value.debit} to ${book.available(debit)} credits.`);
    }

    if (code === 'hold') {
      const redeemer = partnerOf(accounts.to, transfer);
      const ref = value.reference as Ref;
      const offer = follow(context, ref, 'offer', transfer.uri, Date.parse(value.createdAt));
      heldFor[at] = offer;
      if (offer !== NOWHERE && redeemer !== NOWHERE) {
        if (offers.redeemer[offer] !== redeemer) {
          fail('hold-offer', `It holds credits for ${ref.uri}, which another redeemer offers.`);
        }
        offers.check(offer, transfer);
      }
    }
    if (code === 'burn') {
      isBurn[at] = true;
      burnRedeemer[at] = partnerOf(accounts.to, transfer);
      total.redeemed += value.amount;
      const key = `${burnRedeemer[at]} ${value.creditKind}`;
      burned.set(key, (burned.get(key) ?? 0) + value.amount);
    }
    if (code === 'expire' && kind === 'posted') total.expired += value.amount;
    if (code === 'adjust') total.adjusted += adjustment(accounts.from, accounts.to, value.amount);
    if (code === 'issue') {
      total.issued += value.amount;
      const issuer = partnerOf(accounts.from, transfer);
      issued({ transfer, issuer, participant: accounts.to.holder });
    }
  });
  checkSums(context, book, totals);
  return { book, burnOffer, burnRedeemer, isBurn, amount, totals, burned };
}

/** What does not go together in a transfer, as a sentence; undefined when all does. */
function shapeFault(value: Values['transfer'], from: Account, to: Account): string | undefined {
  const shape = Object.hasOwn(SHAPES, value.code) ? SHAPES[value.code as Code] : undefined;
  if (shape === undefined) return `"${value.code}" is not a code of the ledger.`;
  const { code, kind } = value;
  if (!(shape.kinds as readonly string[]).includes(kind)) return `${code} cannot be ${kind}.`;
  const isResolving = kind === 'post' || kind === 'void';
  if (isResolving !== (value.resolves !== undefined)) {
    return isResolving ? 'It names no transfer to resolve.' : `${code} resolves nothing.`;
  }
  if ((code === 'issue' || code === 'hold') && value.reference === undefined) {
    return `${code} rests on nothing.`;
  }
  if (code === 'adjust') {
    const isCorrection = from.kind === 'adjustment' || to.kind === 'adjustment';
    return isCorrection ? undefined : 'adjust is not to or from the account of adjustments.';
  }
  if (code === 'expire' && (kind === 'posted') !== (to.kind === 'expired')) {
    return `expire that is ${kind} cannot go to ${value.credit}.`;
  }
  const isFrom = (shape.debit as readonly string[] | undefined)?.includes(from.kind) ?? true;
  const isTo = (shape.credit as readonly string[] | undefined)?.includes(to.kind) ?? true;
  return isFrom && isTo ? undefined : `${code} cannot go from ${value.debit} to ${value.credit}.`;
}

/** What a correction adds to what people, redeemers and the expired have together. */
function adjustment(from: Account, to: Account, amount: number): number {
  if (from.kind === 'issuance' || to.kind === 'issuance') return 0;
  return from.kind === 'adjustment' ? amount : -amount;
}

/** Σ debits = Σ credits, and issued = held by people + redeemed + expired ± adjusted, exactly. */
function checkSums(context: Context, book: Book, totals: ReadonlyMap<string, Totals>): void {
  const last = uriAt(context, 'transfer', keysOf(context, 'transfer').rkeys.length - 1);
  const sums = new Map<
    string,
    { all: number; people: number; redeemed: number; expired: number }
  >();
  for (const { name, creditKind, posted, held } of book.accounts()) {
    const sum = sums.get(creditKind) ?? { all: 0, people: 0, redeemed: 0, expired: 0 };
    sums.set(creditKind, sum);
    sum.all += posted;
    if (name.startsWith('person:')) sum.people += posted;
    if (name.startsWith('redeemed:')) sum.redeemed += posted;
    if (name === 'expired') sum.expired += posted;
    if (![posted, held, sum.all, sum.people].every(Number.isSafeInteger)) {
      context.findings.add(
        'amount-invalid',
        last,
        'The amounts are too big to be added up exactly.',
      );
      return;
    }
  }
  for (const [creditKind, sum] of sums) {
    const { issued = 0, adjusted = 0 } = totals.get(creditKind) ?? {};
    const isBalanced =
      sum.all === 0 && issued + adjusted === sum.people + sum.redeemed + sum.expired;
    if (isBalanced) continue;
    const has = `people have ${sum.people}, ${sum.redeemed} were redeemed, ${sum.expired} expired`;
    const sentence = `Of ${creditKind}, ${issued} were issued and ${adjusted} adjusted, and ${has}.`;
    context.findings.add('unbalanced', last, sentence);
  }
}
