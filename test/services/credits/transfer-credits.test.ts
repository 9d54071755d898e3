import { describe, expect, test } from 'vitest';
import { issuanceAccount, personAccount, redeemedAccount } from '../../../src/domain/ledger.ts';
import { seeBalance } from '../../../src/services/credits/see-balance.ts';
import {
  type TransferRequest,
  transferCredits,
} from '../../../src/services/credits/transfer-credits.ts';
import { expectOk, refusalOf, type TestCity, withCity } from '../../support/city.ts';

const P = 'p-000000000001';
const issue = (id: string, amount: number): TransferRequest => ({
  id,
  kind: 'posted',
  debit: issuanceAccount('issuer'),
  credit: personAccount(P),
  amount,
  code: 'issue',
  reference: null,
});
const hold = (id: string, amount: number): TransferRequest => ({
  id,
  kind: 'pending',
  debit: personAccount(P),
  credit: redeemedAccount('cafe'),
  amount,
  code: 'hold',
  reference: null,
});
const resolve = (
  id: string,
  kind: 'post' | 'void',
  resolves: string,
  amount: number,
): TransferRequest => ({
  ...hold(id, amount),
  kind,
  code: kind === 'post' ? 'burn' : 'release',
  resolves,
});

const move = (city: TestCity, request: TransferRequest) =>
  city.run((context) => transferCredits(context, request));
const balance = (city: TestCity) => city.run((context) => seeBalance(context, P));

test('the same id with the same fields gives the first transfer again and moves nothing', () =>
  withCity((city) => {
    const first = expectOk(move(city, issue('a', 30)));
    const again = expectOk(move(city, issue('a', 30)));
    expect(again).toEqual(first);
    expect(balance(city)).toEqual({ available: 30, held: 0 });
  }));

test('the same id with other fields is refused', () =>
  withCity((city) => {
    expectOk(move(city, issue('a', 30)));
    expect(refusalOf(move(city, issue('a', 31)))).toBe('transfer-differs');
    expect(balance(city)).toEqual({ available: 30, held: 0 });
  }));

test('a hold sets credits aside, and is posted or voided once', () =>
  withCity((city) => {
    expectOk(move(city, issue('a', 30)));
    expectOk(move(city, hold('h', 20)));
    expect(balance(city)).toEqual({ available: 10, held: 20 });
    expect(refusalOf(move(city, hold('h2', 11)))).toBe('balance-short');
    expectOk(move(city, resolve('b', 'post', 'h', 20)));
    expect(balance(city)).toEqual({ available: 10, held: 0 });
    expect(refusalOf(move(city, resolve('c', 'void', 'h', 20)))).toBe('resolved-already');
    expect(refusalOf(move(city, resolve('d', 'post', 'a', 30)))).toBe('not-pending');
    expect(balance(city)).toEqual({ available: 10, held: 0 });
  }));

test('a voided hold gives the credits back', () =>
  withCity((city) => {
    expectOk(move(city, issue('a', 30)));
    expectOk(move(city, hold('h', 20)));
    expectOk(move(city, resolve('v', 'void', 'h', 20)));
    expect(balance(city)).toEqual({ available: 30, held: 0 });
  }));

test.each([0, -5, 1.5, Number.NaN, 1e15])('an amount of %s is refused', (amount) =>
  withCity((city) => {
    expect(refusalOf(move(city, issue('a', amount)))).toBe('amount-invalid');
    expect(balance(city)).toEqual({ available: 0, held: 0 });
  }),
);

test('each link names the one before, and time only grows', () =>
  withCity((city) => {
    const rows = ['a', 'b', 'c'].map((id) => expectOk(move(city, issue(id, 1))));
    expect(rows.map((row) => row.position)).toEqual([1, 2, 3]);
    expect(rows.map((row) => row.previousCid)).toEqual([null, rows[0]?.cid, rows[1]?.cid]);
    const times = rows.map((row) => row.timeUs);
    expect(new Set(times).size).toBe(3);
    expect([...times].sort((one, other) => one - other)).toEqual(times);
  }));

describe('the database itself refuses', () => {
  const withLedger = (work: (city: TestCity) => void) =>
    withCity((city) => {
      expectOk(move(city, issue('a', 30)));
      expectOk(move(city, hold('h', 20)));
      work(city);
    });
  /** Appends past the rules of the code, changed as `change` says. */
  const append = (city: TestCity, change: object) => () =>
    city.store.transact((tx) => {
      const last = tx.ledger.transfer('h');
      if (last === undefined) throw new Error('no hold');
      tx.ledger.append({
        ...last,
        position: 3,
        id: 'x',
        timeUs: last.timeUs + 1,
        cid: 'bafyreix',
        previousCid: last.cid,
        ...change,
      });
    });
  const fine = { kind: 'post', resolves: 'h', code: 'burn' };

  test('nothing when nothing is wrong', () =>
    withLedger((city) => {
      expect(append(city, fine)).not.toThrow();
      expect(balance(city)).toEqual({ available: 10, held: 0 });
    }));

  test.each([
    ['a gap in the chain', { ...fine, position: 4 }],
    ['a position that is taken', { ...fine, position: 2 }],
    ['another link before', { ...fine, previousCid: 'bafyreiother' }],
    ['time that stands still', { ...fine, timeUs: 1 }],
    ['an amount of zero', { ...fine, amount: 0 }],
    ['more than is there', { kind: 'posted', amount: 11 }],
    ['a post of another amount', { ...fine, amount: 19 }],
    ['a post of what is not pending', { ...fine, resolves: 'a' }],
    ['a post of nothing', { ...fine, resolves: null }],
    ['an account against itself', { ...fine, kind: 'posted', resolves: null, creditAccountId: 2 }],
    ['an id that is taken', { ...fine, id: 'a' }],
  ])('%s', (_name, change) =>
    withLedger((city) => {
      expect(append(city, change)).toThrow();
      expect(balance(city)).toEqual({ available: 10, held: 20 });
      expect(city.store.read.ledger.head()?.position).toBe(2);
    }),
  );
});
