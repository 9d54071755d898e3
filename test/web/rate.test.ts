import { expect, it } from 'vitest';
import { MINUTE_MS } from '../../src/lib/clock.ts';
import { createRate } from '../../src/web/rate.ts';

it('a reader has so many a minute, and each reader its own', () => {
  let time = 1000;
  const take = createRate(3, () => time);
  expect([take('one'), take('one'), take('one')]).toEqual([undefined, undefined, undefined]);
  time += 20_500;
  expect(take('one')).toBe(40);
  expect(take('other')).toBeUndefined();
  time = 1000 + MINUTE_MS;
  expect(take('one')).toBeUndefined();
});

it('any number of readers takes no more memory than ten thousand', () => {
  const take = createRate(1, () => 0);
  for (let reader = 0; reader < 10_000; reader += 1) take(`reader ${reader}`);
  expect(take('reader 0')).toBe(60);
  expect(take('one more')).toBeUndefined();
  expect(take('reader 0')).toBeUndefined();
});
