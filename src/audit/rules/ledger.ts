/** Replays the transfers one after another, with an arithmetic of its own. */
import type { Ref } from '../inspect.ts';
import { nsidOf, type Values } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { type Account, type Book, createBook, parseAccount } from './accounts.ts';
import { createChain } from './chain.ts';
import type { Partner } from './city.ts';
import {
  type Context,
  checkCreditKind,
  follow,
  isParticipant,
  keysOf,
  type Looked,
  lookAt,
  uriAt,
} from './context.ts';
import { type Corrections, createCorrections } from './corrections.ts';

type Transfer = Looked<'transfer'>;

/** What the rules about redemptions, and the report, need of the transfers; by their places. */
export type Ledger = {
  readonly book: Book;
  /** The place of the offer that a burn was held for; `NOWHERE` for any other transfer. */
  readonly burnOffer: Int32Array;
  /** The place of the redeemer of a burn. */
  readonly burnRedeemer: Int32Array;
  readonly isBurn: Uint8Array;
  /** By kind of credit. */
  readonly totals: ReadonlyMap<string, Totals>;
  /** By the redeemer's place and the kind of credit, with a blank between. */
  readonly burned: ReadonlyMap<string, number>;
};

/** What the replay needs of the offers. */
type Offers = {
  readonly redeemer: readonly number[];
  readonly check: (offer: number, hold: Transfer) => void;
};

/** Sums of transfers, to be compared with what the accounts have in the end. */
type Totals = {
  issued: number;
  burned: number;
  expired: number;
  /** What corrections gave to people, redeemers and the expired, and what they took from them. */
  adjustedIn: number;
  adjustedOut: number;
  /** Of that, what they gave to redeemers less what they took. */
  redeemersAdjusted: number;
};

const NOTHING: Totals = {
  issued: 0,
  burned: 0,
  expired: 0,
  adjustedIn: 0,
  adjustedOut: 0,
  redeemersAdjusted: 0,
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

/** What rests on a record, and follows the reference to it by a rule of its own. */
const FOUNDED: readonly Code[] = ['issue', 'hold', 'adjust'];

/** Every other account has at least nothing, always. */
const MAY_OWE: readonly Account['kind'][] = ['issuance', 'adjustment'];

const OPEN = 1;
const RESOLVED = 2;

/** How far the replay has come. */
type Replay = {
  readonly context: Context;
  readonly partners: ReadonlyMap<number, Partner>;
  readonly offers: Offers;
  readonly issued: (issue: Issue) => void;
  readonly book: Book;
  /** By the place of a transfer: whether it is pending, its accounts, and the offer it holds for. */
  readonly state: Uint8Array;
  readonly debits: Int32Array;
  readonly credits: Int32Array;
  readonly heldFor: Int32Array;
  readonly amount: Float64Array;
  readonly burnOffer: Int32Array;
  readonly burnRedeemer: Int32Array;
  readonly isBurn: Uint8Array;
  readonly totals: Map<string, Totals>;
  readonly burned: Map<string, number>;
  readonly corrections: Corrections;
};

/** Replays all transfers; `issued` is told of each issue that is one by its form. */
export function replay(
  context: Context,
  partners: ReadonlyMap<number, Partner>,
  offers: Offers,
  issued: (issue: Issue) => void,
): Ledger {
  const count = keysOf(context, 'transfer').rkeys.length;
  const places = () => new Int32Array(count).fill(NOWHERE);
  const run: Replay = {
    context,
    partners,
    offers,
    issued,
    book: createBook(),
    state: new Uint8Array(count),
    debits: places(),
    credits: places(),
    heldFor: places(),
    amount: new Float64Array(count),
    burnOffer: places(),
    burnRedeemer: places(),
    isBurn: new Uint8Array(count),
    totals: new Map(),
    burned: new Map(),
    corrections: createCorrections(context),
  };
  const link = createChain(context);
  lookAt(context, 'transfer', (transfer) => {
    link(transfer);
    checkCreditKind(transfer.value.creditKind, transfer.fail);
    const accounts = accountsOf(transfer);
    if (accounts === undefined) return;
    const wrong = shapeFault(transfer.value, accounts.from, accounts.to);
    if (wrong === undefined) move(run, transfer, accounts);
    else transfer.fail('transfer-kind', wrong);
  });
  checkSums(context, run.book, run.totals);
  return run;
}

type Accounts = { readonly from: Account; readonly to: Account };

/** The accounts of a transfer, when they are accounts of the ledger. */
function accountsOf({ value: { debit, credit }, fail }: Transfer): Accounts | undefined {
  const [from, to] = [parseAccount(debit), parseAccount(credit)];
  if (from === undefined || to === undefined || debit === credit) {
    fail('account-invalid', 'It is not between two accounts of the ledger.');
    return undefined;
  }
  for (const account of [from, to]) {
    if (account.kind === 'person' && !isParticipant(account.holder)) {
      const sentence = 'An account names a person by something else than a participant id.';
      fail('participant-invalid', sentence);
    }
  }
  return { from, to };
}

/** Moves, holds or lets go of credits, and hands over what other rules are about. */
function move(run: Replay, transfer: Transfer, accounts: Accounts): void {
  const { book } = run;
  const { value, at, fail } = transfer;
  const { kind, code, amount } = value;
  const debit = book.open(value.debit, value.creditKind);
  const credit = book.open(value.credit, value.creditKind);
  run.debits[at] = debit;
  run.credits[at] = credit;
  run.amount[at] = amount;

  if (kind === 'pending') {
    run.state[at] = OPEN;
    book.hold(debit, amount);
  } else if (kind !== 'posted') {
    const pending = resolve(run, transfer);
    if (code === 'burn' && pending !== NOWHERE) run.burnOffer[at] = run.heldFor[pending] as number;
  }
  if (kind === 'posted' || kind === 'post') book.move(debit, credit, amount);
  if (!MAY_OWE.includes(accounts.from.kind) && book.available(debit) < 0) {
    fail('overdraft', `It takes ${value.debit} to ${book.available(debit)} credits.`);
  }
  count(run, transfer, accounts);
}

/** Lets go of what a pending transfer set aside; the place of that one, or `NOWHERE`. */
function resolve(run: Replay, { value, at, uri, fail }: Transfer): number {
  const { state } = run;
  const ref = value.resolves as Ref;
  const pending = follow(run.context, ref, 'transfer', uri, Date.parse(value.createdAt));
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
    run.debits[pending] === run.debits[at] &&
    run.credits[pending] === run.credits[at] &&
    run.amount[pending] === value.amount;
  if (!isSame) fail('resolve-differs', `It resolves ${ref.uri}, which is of other credits.`);
  run.book.hold(run.debits[pending] as number, -(run.amount[pending] as number));
  return pending;
}

/** Counts a transfer by its code, and looks at the partner and the offer that it names. */
function count(run: Replay, transfer: Transfer, { from, to }: Accounts): void {
  const { value, at } = transfer;
  const { code, kind, amount, creditKind } = value;
  const total = run.totals.get(creditKind) ?? { ...NOTHING };
  run.totals.set(creditKind, total);
  if (code === 'hold') holdFor(run, transfer, partnerOf(run, to, transfer));
  if (code === 'burn') {
    const redeemer = partnerOf(run, to, transfer);
    run.isBurn[at] = 1;
    run.burnRedeemer[at] = redeemer;
    total.burned += amount;
    const key = `${redeemer} ${creditKind}`;
    run.burned.set(key, (run.burned.get(key) ?? 0) + amount);
  }
  if (code === 'expire' && kind === 'posted') {
    run.corrections.checkExpire(transfer);
    total.expired += amount;
  }
  if (code === 'adjust') correct(run, transfer, { from, to }, total);
  if (code === 'issue') {
    total.issued += amount;
    run.issued({ transfer, issuer: partnerOf(run, from, transfer), participant: to.holder });
  }
  if (kind === 'posted' || kind === 'post') run.corrections.moved(transfer);
  const { reference } = value;
  if (reference === undefined || FOUNDED.includes(code as Code)) return;
  follow(run.context, reference, undefined, transfer.uri, Date.parse(value.createdAt));
}

/** Looks at a correction, and counts it by what it does to the credits that are about. */
function correct(run: Replay, transfer: Transfer, { from, to }: Accounts, total: Totals): void {
  const { amount } = transfer.value;
  const isGiven = from.kind === 'adjustment';
  const { kind } = isGiven ? to : from;
  if (kind === 'issuance' || kind === 'redeemed') partnerOf(run, isGiven ? to : from, transfer);
  run.corrections.checkAdjust(transfer);
  // What an issuer has is no credit of anybody's: it is what was issued, below zero.
  if (kind === 'issuance') return;
  if (isGiven) total.adjustedIn += amount;
  else total.adjustedOut += amount;
  if (kind === 'redeemed') total.redeemersAdjusted += isGiven ? amount : -amount;
}

/** Looks at the offer that credits are held for. */
function holdFor(run: Replay, transfer: Transfer, redeemer: number): void {
  const { value, at, uri, fail } = transfer;
  const ref = value.reference as Ref;
  const offer = follow(run.context, ref, 'offer', uri, Date.parse(value.createdAt));
  run.heldFor[at] = offer;
  if (offer === NOWHERE || redeemer === NOWHERE) return;
  if (run.offers.redeemer[offer] !== redeemer) {
    fail('hold-offer', `It holds credits for ${ref.uri}, which another redeemer offers.`);
  }
  run.offers.check(offer, transfer);
}

/** The place of the partner whose account it is, when it is one of that kind. */
function partnerOf({ context, partners }: Replay, account: Account, transfer: Transfer): number {
  const isIssuer = account.kind === 'issuance';
  const at = context.repository.find(nsidOf('partner'), account.holder);
  if (partners.get(at)?.kind === (isIssuer ? 'issuer' : 'redeemer')) return at;
  const what = isIssuer ? 'an issuer' : 'a redeemer';
  transfer.fail('account-invalid', `${account.holder} is not the key of ${what}.`);
  return NOWHERE;
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
  if (FOUNDED.includes(code as Code) && value.reference === undefined) {
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

/**
 * Σ debits = Σ credits, and issued + adjusted in − out = held by people + redeemed + expired,
 * exactly; what redeemers have is what was burned, and corrections of it.
 */
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
}
