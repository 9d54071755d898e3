import { expect, test } from 'vitest';
import { COMPARED_NAMES, readArguments } from '../../bench/arguments.ts';

test('the bench measures everything, in short with --quick', () => {
  expect(readArguments([])).toEqual({ what: 'everything', isQuick: false });
  expect(readArguments(['--quick'])).toEqual({ what: 'everything', isQuick: true });
});

test('it compares all figures that can be, each version as often first as second', () => {
  const asked = { what: 'compare', ref: 'v1.0', figures: COMPARED_NAMES };
  expect(readArguments(['--compare', 'v1.0'])).toEqual({ ...asked, rounds: 6, isQuick: false });
  const inShort = { ...asked, rounds: 2, isQuick: true };
  expect(readArguments(['--compare', 'v1.0', '--quick'])).toEqual(inShort);
});

test('it compares the figures that are named, as often as is said', () => {
  const args = ['--compare', 'HEAD~3', '--figures', 'sms, loops', '--rounds', '9'];
  expect(readArguments(args)).toEqual({
    ...{ what: 'compare', ref: 'HEAD~3', isQuick: false },
    ...{ figures: ['loops', 'sms'], rounds: 9 },
  });
});

test.each([
  [['--quickly'], /^Unknown option '--quickly'\.\nUsage: npm run bench/],
  [['fast'], /^Unexpected argument 'fast'\.\nUsage/],
  [['--compare'], /^Option '--compare <value>' argument missing\.\nUsage/],
  [['--compare', '--quick'], /^Option '--compare' argument is ambiguous\.\nUsage/],
  [['--figures', 'loops'], /^--figures and --rounds go with --compare\./],
  [['--compare', 'HEAD', '--figures', 'loops,speed'], /^No figure is called "speed"\. There are: /],
  [['--compare', 'HEAD', '--rounds', '0'], /^--rounds is a number from 1 to 100, and not "0"\.$/],
  [['--compare', 'HEAD', '--rounds', 'six'], /^--rounds is a number from 1 to 100/],
])('%j is answered with a sentence', (args, sentence) => {
  expect(() => readArguments(args)).toThrow(sentence);
});
