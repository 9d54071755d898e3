import { expect, test } from 'vitest';
import { HEAD, lineOf } from '../../../bench/compare/table.ts';

const ratio = { ratio: 2.481, min: 2.306, max: 2.6 };

test('a line has both medians and their ratio with its spread', () => {
  const line = lineOf('whole loops a second', { ours: 412.34, theirs: 166.2, ...ratio });
  expect(line.replaceAll(/ +/g, ' ')).toBe('whole loops a second 412 166 2.48 (2.31…2.60)');
  expect(line.indexOf('166') + 3).toBe(HEAD.indexOf('other') + 'other'.length);
});

test('values have three digits that say something', () => {
  const valuesOf = (ours: number, theirs: number) =>
    lineOf('', { ours, theirs, ...ratio })
      .trim()
      .split(/ +/)
      .slice(0, 2);
  expect(valuesOf(0.1234, 9.876)).toEqual(['0.12', '9.88']);
  expect(valuesOf(34.56, 3331.6)).toEqual(['34.6', '3,332']);
});
