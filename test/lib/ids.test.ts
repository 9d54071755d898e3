import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createTids, newParticipantId, publishableTime, tidOf } from '../../src/lib/ids.ts';
import { repeatableRandom } from '../support/city.ts';

const TID = /^[234567abcdefghij][234567a-z]{12}$/;
const timeUs = fc.integer({ min: 1_700_000_000_000_000, max: 2_500_000_000_000_000 });

test('a TID is what the specification says, and sorts by time', () => {
  expect(tidOf(1_688_737_464_029_000, 24)).toBe('3jzwreen5uc2s');
  fc.assert(
    fc.property(timeUs, fc.nat(1023), fc.nat(100_000), (time, clockId, later) => {
      const tid = tidOf(time, clockId);
      expect(tid).toMatch(TID);
      expect(tidOf(time + later + 1, clockId) > tid).toBe(true);
    }),
  );
});

test('a time is moved a little at most, and then its TID spells nothing that a PDS refuses', () => {
  fc.assert(
    fc.property(timeUs, (time) => {
      const moved = publishableTime(time, 0);
      expect(moved - time).toBeGreaterThanOrEqual(0);
      expect(moved - time).toBeLessThanOrEqual(40_000);
      expect(tidOf(moved, 0).slice(6)).not.toMatch(/[gq]{2}/);
    }),
    { numRuns: 2000 },
  );
});

test('keys only grow, also when the clock stands still or goes back', () => {
  const clock = { time: 1_800_000_000_000 };
  const newTid = createTids({ now: () => clock.time }, repeatableRandom());
  const tids: string[] = [];
  for (let count = 0; count < 3000; count += 1) {
    if (count === 1000) clock.time -= 5000;
    if (count === 2000) clock.time += 86_400_000;
    tids.push(newTid());
  }
  expect(new Set(tids).size).toBe(3000);
  expect([...tids].sort()).toEqual(tids);
});

test('a participant id is p- and twelve characters', () => {
  expect(newParticipantId(repeatableRandom())).toMatch(/^p-[0-9a-z]{12}$/);
});
