import { expect, test } from 'vitest';
import { type Asked, readArguments } from '../../simulate/arguments.ts';
import { writeSimulation } from '../../simulate/write.ts';

const asking = (...args: readonly string[]): Asked => {
  const asked = readArguments(['--residents', '8000', '--days', '1', '--hourly', ...args]);
  if (asked === 'help') throw new Error('It was not asked for help.');
  return asked;
};

async function written(...args: readonly string[]) {
  const lines: string[] = [];
  const result = await writeSimulation(asking(...args), { write: (line) => lines.push(line) });
  return { lines, result };
}

/** The columns of the CSV that stands in the output, by name. */
function columnsOf(lines: readonly string[]): Readonly<Record<string, readonly number[]>> {
  const at = lines.findIndex((line) => line.startsWith('hour,'));
  const names = lines[at]?.split(',') ?? [];
  const rows = lines
    .slice(at + 1, lines.indexOf('', at))
    .map((line) => line.split(',').map(Number));
  return Object.fromEntries(
    names.map((name, column) => [name, rows.map((row) => row[column] ?? 0)]),
  );
}
const sum = (values: readonly number[] = []): number => values.reduce((all, one) => all + one, 0);

/** On such a day there are hours with more records than these pay for, and the evening makes up for it. */
const SMALL = [
  '--seed',
  '7',
  '--points-per-hour',
  '6',
  '--points-per-day',
  '150',
  '--alerts-per-day',
  '1',
];
/** The city's own, which are staged before the first hour. */
const FIRST_RECORDS = 5;
/** So many versions of records are paid for in an hour at most. */
const RECORDS_AN_HOUR = 3;
const MORNING = 8;

test('the same seed writes the same, byte for byte; a small PDS holds records up, and the books agree', async () => {
  const first = await written(...SMALL);
  const second = await written(...SMALL);
  expect(second.lines).toEqual(first.lines);

  const { lines, result } = first;
  const columns = columnsOf(lines);
  expect(columns['hour']).toHaveLength(24);
  const waiting = columns['records_waiting'] ?? [];
  // An hour of the clock may have a part of two of the PDS's.
  expect(Math.max(...(columns['points'] ?? []))).toBeLessThanOrEqual(12);
  // What waited grew in the day and was worked off at night.
  const day = waiting.slice(MORNING);
  expect(Math.max(...day)).toBeGreaterThan(RECORDS_AN_HOUR);
  expect(day.slice(day.indexOf(Math.max(...day)))).toContain(0);
  const staged = FIRST_RECORDS + sum(columns['records_staged']);
  expect(sum(columns['records_published'])).toBe(staged - (waiting.at(-1) ?? 0));
  // All that was published is there: changes of records put nothing there that was not before.
  expect(result.records).toBeGreaterThan(0);
  expect(result.records).toBeLessThanOrEqual(sum(columns['records_published']));
  expect(lines).toContain('The books agree.');
  expect(lines.at(-1)).toContain('the bottleneck is the points an hour of a hosted account');
});
