import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decidePrice, PRICE_NOTICE_MS, type Price, priceAt } from '../../src/domain/offer-price.ts';
import { DAY_MS } from '../../src/lib/clock.ts';

const plain = (credits: number): Price => ({ credits, nextCredits: null, nextCreditsAt: null });

test.each([
  [10, 8, true],
  [10, 7, false],
  [10, 12, true],
  [10, 13, false],
  [4, 3, true],
  [4, 5, true],
  [4, 2, false],
  [3, 2, true],
  [3, 1, false],
  [1, 2, true],
  [1, 3, false],
  [1, 0, false],
  [10, 9.5, false],
  [10, Number.NaN, false],
])('from %d to %d: %s', (from, to, isAllowed) => {
  expect(decidePrice(plain(from), to, 0).ok).toBe(isAllowed);
});

test('whatever is decided and when: up only 30 days after, and no step beyond a quarter or one', () => {
  const step = fc.record({ to: fc.integer({ min: 1, max: 60 }), days: fc.nat(45) });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), fc.array(step), (first, steps) => {
      let [price, now] = [plain(first), 0];
      for (const { to, days } of steps) {
        now += days * DAY_MS;
        const before = priceAt(price, now);
        const decided = decidePrice(before, to, now);
        if (!decided.ok) continue;
        price = decided.value;
        const after = priceAt(price, now).credits;
        expect(after).toBeLessThanOrEqual(before.credits);
        const apart = Math.abs(to - before.credits);
        const isUnchanged = to === before.nextCredits;
        expect(isUnchanged || apart <= 1 || apart <= before.credits / 4).toBe(true);
        if (to <= before.credits || isUnchanged) continue;
        expect(priceAt(price, now + PRICE_NOTICE_MS - 1).credits).toBe(before.credits);
        expect(priceAt(price, now + PRICE_NOTICE_MS).credits).toBe(to);
      }
    }),
  );
});
