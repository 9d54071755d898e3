import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseNext, type Work } from '../../src/inbox/fair-share.ts';

const PLACES = { inAll: 6, perSender: 2, again: 3 };

test('whoever sends many has no more places than another, and what failed not all of them', () => {
  const work = fc.record({
    identityId: fc.integer({ min: 1, max: 5 }),
    attempts: fc.nat(2),
  });
  fc.assert(
    fc.property(fc.array(work, { maxLength: 30 }), fc.nat(6), (all, begun) => {
      const works: readonly Work[] = all.map((one, id) => ({ ...one, id }));
      const underWay = chooseNext(works.slice(0, begun), [], PLACES);
      const chosen = chooseNext(works, underWay, PLACES);
      const now = [...underWay, ...chosen];
      expect(new Set(now.map(({ id }) => id)).size).toBe(now.length);
      expect(now.length).toBeLessThanOrEqual(PLACES.inAll);
      expect(now.filter(({ attempts }) => attempts > 0).length).toBeLessThanOrEqual(PLACES.again);
      const held = (sender: number) => now.filter(({ identityId }) => identityId === sender).length;
      for (const { identityId, id, attempts } of works) {
        expect(held(identityId)).toBeLessThanOrEqual(PLACES.perSender);
        // Nothing that was not tried before waits while there is a place that its sender may have.
        const waits = !now.some((one) => one.id === id) && attempts === 0;
        if (waits && held(identityId) < PLACES.perSender) expect(now).toHaveLength(PLACES.inAll);
      }
    }),
  );
});

test('the first of each comes before the second of anybody', () => {
  const works = [1, 1, 1, 2, 2, 3].map((identityId, id) => ({ id, identityId, attempts: 0 }));
  const ids = chooseNext(works, [], { inAll: 4, perSender: 2, again: 1 }).map(({ id }) => id);
  expect(ids).toEqual([0, 3, 5, 1]);
});

test('one channel whose servers stall leaves places for the others, also for what failed before', () => {
  const stalled = Array.from({ length: 20 }, (_, id): Work => {
    return { id, identityId: id, attempts: id % 2, channel: 'bluesky' };
  });
  const text: Work = { id: 100, identityId: 100, attempts: 0, channel: 'sms' };
  const again: Work = { ...text, id: 101, identityId: 101, attempts: 1 };
  const chosen = chooseNext([...stalled, text, again], [], { ...PLACES, inAll: 12, perChannel: 6 });
  expect(chosen).toHaveLength(8);
  expect(chosen).toEqual(expect.arrayContaining([text, again]));
});
