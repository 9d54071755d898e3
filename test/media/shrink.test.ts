import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shrink } from '../../src/media/shrink.ts';

const greyOf = (width: number, ...data: number[]) => ({
  data: Uint8Array.from(data),
  raw: { width, height: data.length / width, channels: 1 as const },
});

test('each new pixel is the mean of the old ones that it covers', () => {
  expect([...shrink(greyOf(4, 0, 10, 20, 40, 10, 20, 30, 50), 2, 1).data]).toEqual([10, 35]);
});

test('an old pixel that two new ones share counts for both, by as much as they cover', () => {
  expect([...shrink(greyOf(3, 0, 90, 240), 2, 1).data]).toEqual([30, 190]);
});

test('more pixels than before repeat the old ones', () => {
  expect([...shrink(greyOf(2, 7, 9), 4, 2).data]).toEqual([7, 7, 9, 9, 7, 7, 9, 9]);
});

test('channels stay apart', () => {
  const pixels = { data: Uint8Array.of(0, 100, 200, 255, 20, 100, 0, 255) };
  const raw = { width: 2, height: 1, channels: 4 as const };
  expect([...shrink({ ...pixels, raw }, 1, 1).data]).toEqual([10, 100, 100, 255]);
});

test('one even surface stays what it is in every size', () => {
  const size = fc.integer({ min: 1, max: 40 });
  fc.assert(
    fc.property(size, size, size, size, fc.nat(255), (width, height, across, down, level) => {
      const even = greyOf(width, ...Array<number>(width * height).fill(level));
      const { data } = shrink(even, across, down);
      expect([...data]).toEqual(Array(across * down).fill(level));
    }),
  );
});
