import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PARTS_MAX, postKey } from '../../../../src/channels/bluesky/out/rkeys.ts';
import { timeOfTid } from '../../../../src/lib/ids.ts';
import { runs } from '../../../support/runs.ts';

const anyKey = fc.record({
  createdAt: fc.integer({ min: 1.6e12, max: 2.5e12 }),
  deliveryId: fc.integer({ min: 1, max: 50_000_000 }),
  part: fc.integer({ min: 0, max: PARTS_MAX - 1 }),
});

test('a key is a TID of the time at which the delivery was decided, the same each time', () => {
  fc.assert(
    fc.property(anyKey, (key) => {
      const tid = postKey(key);
      expect(tid).toBe(postKey({ ...key }));
      const timeUs = timeOfTid(tid) ?? 0;
      expect(timeUs - key.createdAt * 1000).toBeGreaterThanOrEqual(0);
      expect(timeUs - key.createdAt * 1000).toBeLessThan(40_000);
    }),
  );
});

test('the next one to try is another, and later', () => {
  fc.assert(
    fc.property(anyKey, fc.integer({ min: 0, max: 3 }), (key, turn) => {
      expect(postKey(key, turn + 1) > postKey(key, turn)).toBe(true);
    }),
  );
});

test('neither the posts of a thread nor many deliveries of one moment share a key', () => {
  const createdAt = Date.UTC(2026, 5, 1, 12);
  const keys = new Set<string>();
  let most = 0;
  for (let deliveryId = 1; deliveryId <= 200; deliveryId += 1) {
    for (let part = 0; part < 5; part += 1) {
      keys.add(postKey({ createdAt, deliveryId, part }));
      most += 1;
    }
  }
  expect(keys.size).toBe(most);
});

test('however many deliveries were decided in one millisecond, each finds a key at its third try', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1.6e12, max: 2.5e12 }),
      fc.integer({ min: 1, max: 50_000_000 }),
      (createdAt, firstId) => {
        const taken = new Set<string>();
        for (let deliveryId = firstId; deliveryId < firstId + 2000; deliveryId += 1) {
          const keys = [0, 1, 2].map((turn) => postKey({ createdAt, deliveryId, part: 0 }, turn));
          const free = keys.find((key) => !taken.has(key));
          expect(free).toMatch(/^[2-7a-z]{13}$/);
          taken.add(free ?? '');
        }
      },
    ),
    { numRuns: runs(20, 200) },
  );
});
