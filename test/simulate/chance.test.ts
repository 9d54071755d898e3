import { expect, test } from 'vitest';
import { createChance } from '../../simulate/chance.ts';

const DRAWS = 20_000;
const drawn = <T>(draw: () => T): T[] => Array.from({ length: DRAWS }, draw);
const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

test('the same seed draws the same, and another one something else', () => {
  const numbers = (seed: number) => drawn(createChance(seed).next);
  expect(numbers(7)).toEqual(numbers(7));
  expect(numbers(7)).not.toEqual(numbers(8));
});

test('numbers are spread evenly', () => {
  const counts = new Map<number, number>();
  for (const number of drawn(() => createChance(1).below(10))) expect(number).toBeLessThan(10);
  const { below } = createChance(3);
  for (const number of drawn(() => below(10))) counts.set(number, (counts.get(number) ?? 0) + 1);
  expect([...counts.keys()].toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const count of counts.values()) expect(Math.abs(count / (DRAWS / 10) - 1)).toBeLessThan(0.1);
});

test.each([0.2, 3, 49, 51, 400])('what happens %d times on average does so', (mean) => {
  const { times } = createChance(5);
  const counts = drawn(() => times(mean));
  expect(Math.abs(meanOf(counts) / mean - 1)).toBeLessThan(0.05);
  const variance = meanOf(counts.map((count) => (count - mean) ** 2));
  expect(Math.abs(variance / mean - 1)).toBeLessThan(0.1);
});
