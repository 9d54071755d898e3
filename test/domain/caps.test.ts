import { describe, expect, test } from 'vitest';
import { decideCityCap, projectIssued } from '../../src/domain/caps.ts';
import { DAY_MS } from '../../src/lib/clock.ts';

describe("the city's cap", () => {
  const carried = { carriedFrom: '2026-Q4', decidedAt: null, decidedBy: null };
  const decided = { carriedFrom: null, decidedAt: 5, decidedBy: null };
  test.each([
    ['of the first epoch is decided', { before: undefined, last: undefined }, decided],
    ['is carried over where it is the same', { before: undefined, last: 10 }, carried],
    ['is decided where it is another', { before: undefined, last: 9 }, decided],
    [
      'that was carried over is carried over from what the last one is now',
      { before: 9, last: 10 },
      carried,
    ],
    ['that was carried over is decided once it is another', { before: 10, last: 9 }, decided],
    ['that was carried over stays', { before: 10, last: 10 }, 'as-before'],
  ] as const)('%s', (_, { before, last }, found) => {
    const given = decideCityCap({
      ...{ amount: 10, now: 5 },
      before: before && { amount: before, carriedFrom: '2026-Q4' },
      last: last && { epoch: '2026-Q4', amount: last },
    });
    expect(given).toEqual(found === 'as-before' ? found : { amount: 10, ...found });
  });

  test('that was decided stays so while it is the same', () => {
    const facts = { amount: 10, now: 5, last: { epoch: '2026-Q4', amount: 10 } };
    const stands = (amount: number) => ({ amount, carriedFrom: null });
    expect(decideCityCap({ ...facts, before: stands(10) })).toBe('as-before');
    expect(decideCityCap({ ...facts, before: stands(9) })).toEqual({ amount: 10, ...decided });
  });
});

describe('what an issuer is going to issue', () => {
  const epoch = { startsAt: 0, endsAt: 90 * DAY_MS };
  const project = (issued: number, day: number, sinceDay = 0) =>
    projectIssued({ issued, epoch, since: sinceDay * DAY_MS, now: day * DAY_MS });
  test('is what it issued so far, drawn out to a whole epoch and rounded up', () => {
    expect(project(76, 76)).toBe(90);
    expect(project(1, 76)).toBe(2);
    expect(project(10, 76, 46)).toBe(30);
    expect(project(10, 76, -300)).toBe(12);
  });
  test('is not known where nothing was issued, or in less than two weeks', () => {
    expect([project(0, 76), project(10, 76, 63), project(10, 76, 62)]).toEqual([
      undefined,
      undefined,
      65,
    ]);
  });
});
