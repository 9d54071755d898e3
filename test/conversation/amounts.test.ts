import { expect, test } from 'vitest';
import { parseCredits, parseSlots } from '../../src/conversation/amounts.ts';

test('a number may say what it counts', () => {
  expect(parseCredits('30')).toBe(30);
  expect(parseCredits('30 CITY credits')).toBe(30);
  expect(parseCredits('1,200 créditos')).toBe(1200);
  expect(parseSlots('10 people')).toBe(10);
});

test('what is too long for a number is none, and is not looked at', () => {
  const long = `1${'\u3000'.repeat(200)}credits`;
  expect(parseCredits(long)).toBeNaN();
  expect(parseSlots(long)).toBeNaN();
});
