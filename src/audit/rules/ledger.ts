/** Replays the transfers one after another, with an arithmetic of its own. */
import { US_PER_MS } from '../../lib/clock.ts';
import type { Ref } from '../inspect.ts';
import { nsidOf } from '../kinds.ts';
import { NOWHERE } from '../repository.ts';
import { type Account, type Book, createBook, parseAccount } from './accounts.ts';
import type { Authority } from './authority.ts';
import { createChain } from './chain.ts';
import type { Partner } from './city.ts';
import { type Context, checkCreditKind, isParticipant, keysOf, type Looked } from './context.ts';
import { type Corrections, createCorrections } from './corrections.ts';
import { follow } from './follow.ts';
import { lookAt } from './look.ts';
import { type Balance, checkSums, NOTHING, type Totals } from './sums.ts';
import { type Accounts, FOUNDED, shapeFault } from './transfer-shape.ts';
import { createUndos, type Undos } from './undos.ts';

type Transfer = Looked<'transfer'>;

/** The replay needs this of the offers. */
export type Offers = {
  /** The place of the redeemer among the partners, by the place of the offer. */
  readonly redeemer: readonly number[];
  /** Whether a hold is of what the offer costs, while that can be told; `failTimed` hears of times. */
  readonly check: (offer: number, hold: Transfer, failTimed: Transfer['fail']) => void;
};

export type Issue = {
  readonly transfer: Transfer;
  readonly issuer: number;
  readonly participant: string;
};

/** Every other account has at least nothing, always. */
const MAY_OWE: readonly Account['kind'][] = ['issuance', 'adjustment'];

const OPEN = 1;
const RESOLVED = 2;
/** Resolved, and the credits went back to their holder. */
const RELEASED = 3;

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
  /** When a hold ends (ms), by its place; NaN where it does not tell. */
  readonly endsAt: Float64Array;
  readonly amount: Float64Array;
  /** The place of the offer that a burn was held for; `NOWHERE` for any other transfer. */
  readonly burnOffer: Int32Array;
  /** How long (ms) after the end of its hold a burn came; NaN where nothing tells. */
  readonly burnedAfter: Float64Array;
  /** When a transfer happened (ms), by its place, and whether it may have happened before that. */
  readonly happenedAt: Float64Array;
  readonly isFollowing: Uint8Array;
  /** The place of the redeemer of a burn. */
  readonly burnRedeemer: Int32Array;
  readonly isBurn: Uint8Array;
  /** By kind of credit. */
  readonly totals: Map<string, Totals>;
  /** By the redeemer's place and the kind of credit, with a blank between. */
  readonly burned: Map<string, number>;
  readonly corrections: Corrections;
  readonly undos: Undos;
  readonly authority: Authority;
};

/** A replay that is done; `balances` are what the accounts have in the end, by kind of credit. */
export type Ledger = Replay & { readonly balances: ReadonlyMap<string, Balance> };

/** Replays all transfers; `issued` is told of each issue that is one by its form. */
export function replay(
  context: Context,
  parts: Pick<Replay, 'partners' | 'offers' | 'issued' | 'authority'>,
): Ledger {
  const count = keysOf(context, 'transfer').rkeys.length;
  const places = () => new Int32Array(count).fill(NOWHERE);
  const run: Replay = {
    ...parts,
    context,
    book: createBook(),
    state: new Uint8Array(count),
    debits: places(),
    credits: places(),
    heldFor: places(),
    endsAt: new Float64Array(count).fill(Number.NaN),
    burnedAfter: new Float64Array(count).fill(Number.NaN),
    happenedAt: new Float64Array(count),
    isFollowing: new Uint8Array(count),
    amount: new Float64Array(count),
    burnOffer: places(),
    burnRedeemer: places(),
    isBurn: new Uint8Array(count),
    totals: new Map(),
    burned: new Map(),
    corrections: createCorrections(context, parts.authority.wasAdmin),
    undos: createUndos(context),
  };
  const link = createChain(context);
  lookAt(context, 'transfer', (transfer) => {
    run.isFollowing[transfer.at] = link(transfer) ? 1 : 0;
    run.happenedAt[transfer.at] = Math.floor(transfer.value.timeUs / US_PER_MS);
    checkCreditKind(transfer.value.creditKind, transfer.fail);
    const accounts = accountsOf(transfer);
    if (accounts === undefined) return;
    const wrong = shapeFault(transfer.value, accounts);
    if (wrong === undefined) move(run, transfer, accounts);
    else transfer.fail('transfer-kind', wrong);
  });
  return { ...run, balances: checkSums(context, run.book, run.totals) };
}

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
    run.endsAt[at] = Date.parse(value.expiresAt ?? '');
    book.hold(debit, amount);
  } else if (kind !== 'posted' || code === 'burn') {
    const pending = kind === 'posted' ? burnAgain(run, transfer) : resolve(run, transfer);
    if (code === 'burn' && pending !== NOWHERE) {
      run.burnOffer[at] = run.heldFor[pending] as number;
      run.burnedAfter[at] = Date.parse(value.createdAt) - (run.endsAt[pending] as number);
    }
  }
  if (kind === 'posted' || kind === 'post') book.move(debit, credit, amount);
  if (!MAY_OWE.includes(accounts.from.kind) && book.available(debit) < 0) {
    fail('overdraft', `It takes ${value.debit} to ${book.available(debit)} credits.`);
  }
  count(run, transfer, accounts);
}

/** Lets go of what a pending transfer set aside; answers its place, or `NOWHERE`. */
function resolve(run: Replay, transfer: Transfer): number {
  const { value, at, uri, fail } = transfer;
  const { state } = run;
  const ref = value.resolves as Ref;
  const time = Date.parse(value.createdAt);
  const pending = follow(run.context, ref, { kind: 'transfer', from: uri, time });
  if (pending === NOWHERE) return NOWHERE;
  if (pending >= at || state[pending] === 0) {
    fail('resolve-unknown', `It resolves ${ref.uri}, which is no earlier pending transfer.`);
    return NOWHERE;
  }
  if (state[pending] !== OPEN) {
    fail('resolve-twice', `It resolves ${ref.uri}, which was resolved before.`);
    return NOWHERE;
  }
  state[pending] = transfer.value.kind === 'void' ? RELEASED : RESOLVED;
  if (!isLike(run, pending, transfer)) {
    fail('resolve-differs', `It resolves ${ref.uri}, which is of other credits.`);
  }
  run.book.hold(run.debits[pending] as number, -(run.amount[pending] as number));
  return pending;
}

/** Whether a transfer is of the accounts and the credits of an earlier one. */
const isLike = ({ debits, credits, amount }: Replay, other: number, { value, at }: Transfer) =>
  debits[other] === debits[at] && credits[other] === credits[at] && amount[other] === value.amount;

/**
 * The place of the hold that a burn stands in for, or `NOWHERE`: one that was let go of, so that its
 * credits are burned once.
 */
function burnAgain(run: Replay, transfer: Transfer): number {
  const { value, at, uri, fail } = transfer;
  const { state } = run;
  const ref = value.reference as Ref;
  const time = Date.parse(value.createdAt);
  const hold = follow(run.context, ref, { kind: 'transfer', from: uri, time });
  if (hold === NOWHERE) return NOWHERE;
  if (hold >= at || state[hold] === 0 || state[hold] === OPEN) {
    fail('resolve-unknown', `It burns for ${ref.uri}, which is no hold that was let go of.`);
    return NOWHERE;
  }
  if (state[hold] === RESOLVED) {
    fail('resolve-twice', `It burns for ${ref.uri}, which was burned before.`);
    return NOWHERE;
  }
  state[hold] = RESOLVED;
  if (!isLike(run, hold, transfer)) {
    fail('resolve-differs', `It burns for ${ref.uri}, which is of other credits.`);
  }
  return hold;
}

function totalOf({ totals }: Replay, { value: { creditKind } }: Transfer): Totals {
  const total = totals.get(creditKind) ?? { ...NOTHING };
  totals.set(creditKind, total);
  return total;
}

/** Counts a transfer by its code, and looks at the partner and the offer that it names. */
function count(run: Replay, transfer: Transfer, { from, to }: Accounts): void {
  const { value, at } = transfer;
  const { code, kind, amount, creditKind } = value;
  const total = totalOf(run, transfer);
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
  if (code === 'adjust') correct(run, transfer, { from, to });
  if (code === 'issue') {
    total.issued += amount;
    run.issued({ transfer, issuer: partnerOf(run, from, transfer), participant: to.holder });
  }
  if (kind === 'posted' || kind === 'post') run.corrections.moved(transfer);
  const { reference } = value;
  if (reference === undefined || FOUNDED.includes(code)) return;
  follow(run.context, reference, { from: transfer.uri, time: Date.parse(value.createdAt) });
}

/** Looks at a correction, and counts what it does to the credits of people and redeemers. */
function correct(run: Replay, transfer: Transfer, { from, to }: Accounts): void {
  const total = totalOf(run, transfer);
  const { amount } = transfer.value;
  const isGiven = from.kind === 'adjustment';
  const { kind } = isGiven ? to : from;
  if (kind === 'issuance' || kind === 'redeemed') partnerOf(run, isGiven ? to : from, transfer);
  run.undos.look(transfer, run.corrections.checkAdjust(transfer), run);
  // An issuer's account is no credit of anybody's: it is what was issued, below zero.
  if (kind === 'issuance') return;
  if (isGiven) total.adjustedIn += amount;
  else total.adjustedOut += amount;
  if (kind === 'redeemed') total.redeemersAdjusted += isGiven ? amount : -amount;
}

/** Looks at the offer that credits are held for. */
function holdFor(run: Replay, transfer: Transfer, redeemer: number): void {
  const { value, at, uri, fail } = transfer;
  const ref = value.reference as Ref;
  // The time of a hold that follows another can be ahead of the city's: a change may have come since.
  const heldAt = run.isFollowing[at] === 1 ? 0 : Date.parse(value.createdAt);
  const offer = follow(run.context, ref, { kind: 'offer', from: uri, time: heldAt });
  run.heldFor[at] = offer;
  if (offer === NOWHERE || redeemer === NOWHERE) return;
  // A city gives no code for a redeemer that is not approved.
  const unsure = (_code: string, sentence: string) =>
    run.context.note('time-unsure', uri, sentence);
  const failTimed = run.isFollowing[at] === 1 ? unsure : fail;
  const time = run.happenedAt[at] as number;
  run.authority.checkStanding(redeemer, { time, states: ['approved'], fail: failTimed });
  if (run.offers.redeemer[offer] !== redeemer) {
    fail('hold-offer', `It holds credits for ${ref.uri}, which another redeemer offers.`);
  }
  run.offers.check(offer, transfer, failTimed);
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
