import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mustHalt } from '../../src/domain/broadcast.ts';

test.each([
  [49, 49, false],
  [50, 1, false],
  [50, 2, true],
  [100, 2, false],
  [100, 3, true],
  [10_000, 200, false],
  [10_000, 201, true],
])('of %d people %d said STOP: halts %s', (sent, stopped, halts) => {
  expect(mustHalt({ sent, stopped })).toBe(halts);
});

test('one more STOP never lets it go on', () => {
  fc.assert(
    fc.property(fc.nat(20_000), fc.nat(20_000), (sent, stopped) => {
      if (mustHalt({ sent, stopped })) expect(mustHalt({ sent, stopped: stopped + 1 })).toBe(true);
    }),
  );
});
