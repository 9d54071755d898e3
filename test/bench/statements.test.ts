// How many statements and commits a message takes, from the inbox to its recorded delivery: counted, so
// that the figures are the same on every machine. A change that takes more shows here, and so does one
// that takes fewer; `npm run bench` prints them.
import { expect, test } from 'vitest';
import { countStatements } from '../../bench/statements.ts';

/** The budget of a whole loop: join, check-in, evidence, approval, redemption, confirmation. */
const LOOP_MAX = 75;

test('each message of a loop takes so many statements, in so many commits', async () => {
  const counted = await countStatements();
  const told = counted.map(({ message, statements, commits }) => [
    message.replace(/ \d.*$/, ''),
    statements.length,
    commits,
  ]);
  expect(told).toEqual([
    ['JOIN', 11, 2],
    ['HERE', 10, 2],
    ['DONE', 13, 2],
    ['APPROVE', 17, 2],
    ['REDEEM', 13, 2],
    ['CONFIRM', 11, 2],
    ['BALANCE', 8, 2],
    ['BALANCE, once more', 2, 1],
  ]);
  const ofLoop = counted.slice(0, -2).flatMap(({ statements }) => statements);
  expect(ofLoop.length).toBeLessThanOrEqual(LOOP_MAX);
});
