import { expect, test } from 'vitest';
import { readArguments, USAGE } from '../../simulate/arguments.ts';

const STANDARD = {
  ...{ residents: 10_000, days: 7, seed: 1, pds: 'hosted', smsPerSecond: 1 },
  ...{ segmentsPerDay: undefined, alertsPerDay: 5, isHourly: false },
  ...{ pointsPerHour: 5000, pointsPerDay: 35_000 },
};

test('a simulation is of a city of ten thousand for a week where nothing else is said', () => {
  expect(readArguments([])).toEqual(STANDARD);
});

test('every part of it can be said', () => {
  const args = [
    ...['--residents', '3000000', '--days', '30', '--seed', '7', '--pds', 'own', '--hourly'],
    ...['--sms-per-second', '75', '--segments-per-day', '40000', '--alerts-per-day', '1'],
    ...['--points-per-hour', '300', '--points-per-day', '2000'],
  ];
  expect(readArguments(args)).toEqual({
    ...{ residents: 3_000_000, days: 30, seed: 7, pds: 'own', isHourly: true },
    ...{ smsPerSecond: 75, segmentsPerDay: 40_000, alertsPerDay: 1 },
    ...{ pointsPerHour: 300, pointsPerDay: 2000 },
  });
});

test('--help names every option with what it is without being said', () => {
  expect(readArguments(['--days', '2', '--help'])).toBe('help');
  for (const option of ['residents', 'days', 'seed', 'pds', 'hourly', 'sms-per-second']) {
    expect(USAGE).toMatch(new RegExp(`^  --${option} .+`, 'm'));
  }
  expect(USAGE).toContain('(5000)');
});

test.each([
  [['--resident', '5'], /^Unknown option '--resident'\.\n\nnpm run simulate/],
  [['30'], /^Unexpected argument '30'\.\n\nnpm run simulate/],
  [['--days'], /^Option '--days <value>' argument missing\.\n/],
  [['--days', '0'], /^--days is a whole number from 1 to 90, and not "0"\.$/],
  [['--days', '1.5'], /^--days is a whole number from 1 to 90, and not "1\.5"\.$/],
  [
    ['--residents', 'many'],
    /^--residents is a whole number from 100 to 10000000, and not "many"\.$/,
  ],
  [['--seed=-1'], /^--seed is a whole number from 0 to 4294967295, and not "-1"\.$/],
  [['--pds', 'mine'], /^--pds is hosted or own, and not "mine"\.$/],
])('%j is answered with a sentence', (args, sentence) => {
  expect(() => readArguments(args)).toThrow(sentence);
});
