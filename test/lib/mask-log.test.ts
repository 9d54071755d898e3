import { expect, test } from 'vitest';
import { maskError } from '../../src/lib/mask-log.ts';

test('an error is told by its name and its words, without numbers and codes', () => {
  const error = new TypeError('no such chat: +1 510 555 0101, code 7GK2-M4QX');
  expect(maskError(error)).toBe('TypeError: no such chat: […], code […]');
  expect(maskError('15105550101 is gone')).toBe('[…] is gone');
});
