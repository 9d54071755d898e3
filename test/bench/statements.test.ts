// How many statements and commits a message takes, from the inbox to its recorded delivery: counted, so
// that the figures are the same on every machine. A change that takes more shows here, and so does one
// that takes fewer; `npm run bench` prints them.
import { expect, test } from 'vitest';
import { countStatements } from '../../bench/statements.ts';

test('each message of a loop takes so many statements, in so many commits', async () => {
  const counted = await countStatements();
  const told = counted.map(({ message, statements, commits }) => [
    message.replace(/ \d.*$/, ''),
    statements.length,
    commits,
  ]);
  expect(told).toEqual([
    ['JOIN', 24, 4],
    ['DONE', 42, 4],
    ['APPROVE', 44, 4],
    ['REDEEM', 31, 4],
    ['CONFIRM', 35, 4],
    ['BALANCE', 20, 4],
    ['BALANCE, once more', 1, 1],
  ]);
});
