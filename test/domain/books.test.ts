import { describe, expect, test } from 'vitest';
import { CHAIN_START, createReckoning, type Link, sumFault } from '../../src/domain/books.ts';

const ISSUE: Link = {
  ...{ position: 1, kind: 'posted', code: 'issue', amount: 20, timeUs: 10 },
  ...{ cid: 'one', previousCid: null, debitAccountId: 1, creditAccountId: 2 },
  ...{ debit: 'issuance:creek', credit: 'person:p-000000000001', creditKind: 'CITY' },
};
const HOLD: Link = {
  ...{ position: 2, kind: 'pending', code: 'hold', amount: 5, timeUs: 11 },
  ...{ cid: 'two', previousCid: 'one', debitAccountId: 2, creditAccountId: 3 },
  ...{ debit: 'person:p-000000000001', credit: 'redeemed:cafe', creditKind: 'CITY' },
};
const BURN: Link = { ...HOLD, position: 3, kind: 'post', code: 'burn', timeUs: 12, cid: 'three' };
const CHAIN = [ISSUE, HOLD, { ...BURN, previousCid: 'two' }];

const written = ({ cid, position, kind, code, debit, credit, creditKind, ...link }: Link) => {
  const { amount, previousCid } = link;
  const previous = previousCid === null ? {} : { previous: previousCid };
  return { cid, value: { position, kind, code, debit, credit, creditKind, amount, ...previous } };
};

const sentencesOf = (links: readonly Link[], records = CHAIN): readonly string[] => {
  const reckoning = createReckoning(CHAIN_START);
  for (const link of links) {
    const record = records.find(({ timeUs }) => timeUs === link.timeUs);
    reckoning.take(link, record && written(record));
  }
  return reckoning.faults.map(({ sentence }) => sentence);
};

describe('a reckoning', () => {
  test('adds up what each account has, and what became of the credits', () => {
    const reckoning = createReckoning(CHAIN_START);
    for (const link of CHAIN) reckoning.take(link, written(link));
    expect(reckoning.faults).toEqual([]);
    const none = { debitsPosted: 0, debitsPending: 0, creditsPosted: 0, creditsPending: 0 };
    expect(reckoning.balances.get(2)).toEqual({ ...none, debitsPosted: 5, creditsPosted: 20 });
    expect(reckoning.balances.get(3)).toEqual({ ...none, creditsPosted: 5 });
    const sums = reckoning.sums.get('CITY');
    expect(sums).toEqual({ issued: 20, burned: 5, expired: 0, adjusted: 0, people: 15, held: 0 });
    expect(sums && sumFault('CITY', sums)).toBeUndefined();
  });

  test.each<[string, readonly Link[], string]>([
    ['a link that is missing', [ISSUE, CHAIN[2] ?? ISSUE], 'Transfer #2 is missing.'],
    [
      'a link that names another one',
      [ISSUE, { ...HOLD, previousCid: 'x' }],
      'Transfer #2 does not name the one before it.',
    ],
    ['a link of no record', [{ ...ISSUE, timeUs: 9 }], 'has no public record of its time.'],
    ['another amount', [{ ...ISSUE, amount: 21 }], 'amount is 21, not 20.'],
    ['another account', [{ ...ISSUE, credit: 'person:x' }], 'to is person:x, not person:p-'],
  ])('finds %s', (_name, links, sentence) => {
    expect(sentencesOf(links)).toEqual([expect.stringContaining(sentence)]);
  });

  test('finds a link that is not later', () => {
    const early = { ...HOLD, timeUs: 10 };
    expect(sentencesOf([ISSUE, early])).toEqual([
      'Transfer #2 is not later than the one before it.',
    ]);
  });
});

test('credits that came from nowhere are told', () => {
  const sums = { issued: 20, burned: 5, expired: 0, adjusted: 0, people: 16, held: 0 };
  expect(sumFault('CITY', sums)?.sentence).toBe(
    'Of CITY, 20 were issued and 0 adjusted; people have 16 (0 held), 5 were burned and 0 expired.',
  );
});
