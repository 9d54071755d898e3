import { expect, test } from 'vitest';
import { createAmounts } from '../../src/conversation/amounts.ts';
import { LANGUAGES } from '../../src/languages/index.ts';

const { credits, slots } = createAmounts(LANGUAGES);

test('a number may say what it counts', () => {
  expect(credits('30')).toBe(30);
  expect(credits('30 CITY credits')).toBe(30);
  expect(credits('1,200 créditos')).toBe(1200);
  expect(slots('10 people')).toBe(10);
});

test('what is too long for a number is none, and is not looked at', () => {
  const long = `1${'\u3000'.repeat(200)}credits`;
  expect(credits(long)).toBeNaN();
  expect(slots(long)).toBeNaN();
});
