import { describe, expect, test } from 'vitest';
import { decideAgree, decideAsk, planCorrection } from '../../src/domain/correction.ts';
import { refusalOf } from '../support/city.ts';

const ASKER = 'p-asker0000000';
const OTHER = 'p-other0000000';
const HOLDER = 'p-holder000000';

describe('a correction is asked for', () => {
  const ask = (change: {
    amount?: number;
    reason?: string;
    participantId?: string;
    others?: readonly string[];
  }) => {
    const { others = [OTHER], ...correction } = change;
    return refusalOf(
      decideAsk(
        { participantId: HOLDER, amount: 5, reason: 'a bag', ...correction },
        { asker: ASKER, others },
        { available: 10, room: 20 },
      ),
    );
  };

  test.each([
    ['and waits for another admin', {}, undefined],
    ['never of nothing', { amount: 0 }, 'correction-amount'],
    ['never of a fraction', { amount: 1.5 }, 'correction-amount'],
    ['never without a reason', { reason: '' }, 'correction-reason'],
    ['never for oneself', { participantId: ASKER }, 'correction-own'],
    ['never by the only admin', { others: [] }, 'correction-alone'],
    ['never where the other admin is the holder', { others: [HOLDER] }, 'correction-alone'],
    ['down to nothing', { amount: -10 }, undefined],
    ['never below nothing', { amount: -11 }, 'correction-short'],
    ['never of more than earlier transfers moved', { amount: 21 }, 'correction-room'],
  ])('%s', (_name, change, code) => {
    expect(ask(change)).toBe(code);
  });
});

describe('a correction is agreed to', () => {
  const open = { participantId: HOLDER, amount: -5, askedBy: ASKER, agreedAt: null, expiresAt: 9 };
  const agree = (
    correction: Parameters<typeof decideAgree>[0],
    { agrees = OTHER, now = 8, available = 10 } = {},
  ) => refusalOf(decideAgree(correction, { agrees, now }, { available, room: 20 }));

  test('by another admin, once and in time', () => {
    expect(agree(open)).toBeUndefined();
    expect(agree(undefined)).toBe('correction-unknown');
    expect(agree({ ...open, agreedAt: 7 })).toBe('correction-unknown');
    expect(agree(open, { now: 9 })).toBe('correction-unknown');
    expect(agree(open, { agrees: ASKER })).toBe('correction-asked');
    expect(agree(open, { agrees: HOLDER })).toBe('correction-own');
    expect(agree(open, { available: 4 })).toBe('correction-short');
  });
});

test('a correction rests on as many transfers as it needs', () => {
  const transfers = [
    { transfer: 'c', room: 20 },
    { transfer: 'b', room: 0 },
    { transfer: 'a', room: 20 },
  ];
  expect(planCorrection(28, transfers)).toEqual([
    { transfer: 'c', amount: 20 },
    { transfer: 'a', amount: 8 },
  ]);
});
