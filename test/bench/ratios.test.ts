import { expect, test } from 'vitest';
import { median, orderOf, percentile, ratioOf } from '../../bench/ratios.ts';

test('the median is the middle value, or the mean of the two in the middle', () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([9, 1, 4, 6])).toBe(5);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});

test('a percentile is a value that was measured', () => {
  const values = Array.from({ length: 200 }, (_, at) => 200 - at);
  expect(percentile(values, 0.5)).toBe(100);
  expect(percentile(values, 0.99)).toBe(198);
  expect(percentile(values, 1)).toBe(200);
  expect(percentile([3], 0.01)).toBe(3);
  expect(percentile([], 0.5)).toBeNaN();
});

test('a ratio is that of the values of the same round, with the least and the greatest', () => {
  // The machine got twice as slow, and the versions differ as before.
  const pairs = [
    { ours: 300, theirs: 100 },
    { ours: 150, theirs: 60 },
    { ours: 140, theirs: 50 },
  ];
  expect(ratioOf(pairs)).toEqual({ ours: 150, theirs: 60, ratio: 2.8, min: 2.5, max: 3 });
});

test('each version is first in every other round', () => {
  expect([0, 1, 2, 3].map((round) => orderOf(round)[0])).toEqual([
    ...['ours', 'theirs', 'ours', 'theirs'],
  ]);
  expect(orderOf(1)).toEqual(['theirs', 'ours']);
});
