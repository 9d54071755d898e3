import { expect, test } from 'vitest';
import { countPoints } from '../../bench/points.ts';

test('a loop with its reminder and check-in takes few points of the write budget', async () => {
  const spent = await countPoints();
  expect(spent.map(({ points }) => points)).toEqual([3, 2, 2, 8, 8, 3, 6]);
  expect(spent.reduce((sum, { points }) => sum + points, 0)).toBeLessThanOrEqual(45);
});
