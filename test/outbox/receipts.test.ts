import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Receipt, type Standing, withReceipt } from '../../src/outbox/receipts.ts';
import { UNREACHED } from '../../src/store/schema/messages.ts';

const SENT: Standing = { state: 'sent', reason: null };
const receipt: fc.Arbitrary<Receipt> = fc.oneof(
  fc.constant({ state: 'delivered' } as const),
  fc.record({ state: fc.constant('failed' as const), reason: fc.constantFrom(...UNREACHED) }),
);
const after = (receipts: readonly Receipt[], before = SENT): Standing =>
  receipts.reduce(withReceipt, before);

test('whatever the order of receipts, and however often each comes, they say the same', () => {
  const shuffled = fc.array(receipt, { maxLength: 6 }).chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], {
        minLength: 2 * all.length,
        maxLength: 2 * all.length,
      }),
    ),
  );
  fc.assert(
    fc.property(shuffled, ([once, twice]) => {
      expect(after(twice)).toEqual(after(once));
    }),
    { numRuns: 1000 },
  );
});

test('one with an error is not made good by another, and nothing else is called failed', () => {
  fc.assert(
    fc.property(fc.array(receipt, { maxLength: 6 }), (receipts) => {
      const { state, reason } = after(receipts);
      const hasFailed = receipts.some((one) => one.state === 'failed');
      const expected = hasFailed ? 'failed' : receipts.length > 0 ? 'delivered' : 'sent';
      expect(state).toBe(expected);
      expect(reason !== null).toBe(hasFailed);
    }),
  );
});

test('the reason is the one that says most of the recipient', () => {
  const failed = (reason: (typeof UNREACHED)[number]): Receipt => ({ state: 'failed', reason });
  expect(after([failed('retry'), failed('stopped'), failed('unknown')]).reason).toBe('stopped');
  expect(after([failed('unknown'), failed('rejected')]).reason).toBe('rejected');
});

test('what was given up stays given up', () => {
  const dead: Standing = { state: 'dead', reason: 'stopped' };
  expect(after([{ state: 'delivered' }], dead)).toEqual(dead);
});
