import { expect, test } from 'vitest';
import { readArguments } from '../../bench/arguments.ts';

test('the bench measures everything, in short with --quick', () => {
  expect(readArguments([])).toEqual({ what: 'everything', isQuick: false });
  expect(readArguments(['--quick'])).toEqual({ what: 'everything', isQuick: true });
});

test('what the bench does not know is named in a sentence', () => {
  expect(() => readArguments(['--quickly'])).toThrow(
    /^Unknown option '--quickly'\. Usage: npm run/,
  );
});
